"""The help centre: who reads what, what counts, and what a page tells a browser."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.common import clock
from kb import actions, help_centre
from kb.answers import ProductCard, Rich
from kb.models import Article, Category, HelpView, HelpVote
from kb.rules import Draft
from tests.factories import MONDAY_9AM, make_product
from tests.kb.articles import draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    """A browser of nobody in particular, that chose English."""
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def address(name: str, shop: Shop, **values: object) -> str:
    return reverse(f"help:{name}", kwargs={"shop_key": shop.key} | values)


def page(client: Client, name: str, shop: Shop, query: dict[str, str] | None = None, **values: object) -> str:
    response = client.get(address(name, shop, **values), query or {})
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_first_page_has_topics_and_what_is_read_most(reader: Client, shop: Shop, lin: User) -> None:
    delivery = Category.objects.create(shop=shop, name="Delivery")
    Category.objects.create(shop=shop, name="Nothing in it")
    published(shop, lin, category=delivery)
    often = published(shop, lin, key="returns", question="Can I send it back?")
    draft(shop, lin, key="secret", question="When is the sale?")
    for _ in range(3):
        actions.count_reader(article=often.article, at=clock.now())

    text = page(reader, "home", shop)

    assert "Delivery</b> <span>1 answer<" in text
    assert "Nothing in it" not in text
    assert "When is the sale?" not in text
    assert text.index("Can I send it back?") < text.index("How long does delivery take?")


def test_a_shop_without_articles_sends_its_readers_to_the_chat(reader: Client, shop: Shop) -> None:
    text = page(reader, "home", shop)

    assert "There is nothing to read here yet" in text
    assert f"/widget/{shop.key}/" in text


def test_a_page_speaks_the_shops_language_until_another_is_chosen(shop: Shop, lin: User) -> None:
    published(shop, lin)
    stranger = Client(headers={"accept-language": "en"})

    first = stranger.get(address("home", shop))
    assert first["Content-Language"] == "zh-hans"

    stranger.cookies["django_language"] = "en"
    assert stranger.get(address("home", shop))["Content-Language"] == "en"


def test_an_article_names_itself_for_search_engines(reader: Client, shop: Shop, lin: User) -> None:
    published(shop, lin, answer="Two to <four> days.")

    text = page(reader, "article", shop, key="delivery")

    assert "<title>How long does delivery take? · Shanye Outdoor</title>" in text
    assert '<meta name="description" content="Two to &lt;four&gt; days.">' in text
    assert f'<link rel="canonical" href="http://testserver/help/{shop.key}/articles/delivery/">' in text
    assert "Updated on " in text


def test_a_rich_answer_is_built_from_its_tree_and_placeholders_have_their_fallback(
    reader: Client, shop: Shop, lin: User
) -> None:
    version = published(shop, lin, answer="Hello {customer.name|friend} of {shop.name}")
    version.rich = {
        "html": '<p>Hello <b>{customer.name|friend}</b> <a href="https://a.example/?x=1&amp;y">of {shop.name}</a></p>'
    }
    version.save()

    text = page(reader, "article", shop, key="delivery")

    assert (
        '<p>Hello <b>friend</b> <a href="https://a.example/?x=1&amp;y" rel="noopener nofollow">of Shanye Outdoor</a></p>'
        in re.sub(r"\s*\n\s*", "", text)
    )
    found = page(reader, "search", shop, {"q": "hello"})
    assert "<mark>Hello</mark> friend of our shop" in found


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7|add:7 }}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_texts_are_inert_wherever_they_are_shown(
    attack: str, reader: Client, shop: Shop, lin: User
) -> None:
    topic = Category.objects.create(shop=shop, name=attack[:60])
    published(shop, lin, question=f"Umbrella {attack}", answer=f"Umbrella {attack}", category=topic)
    published(shop, lin, key="other", question=f"Umbrellas {attack}")
    shown = [
        page(reader, "home", shop),
        page(reader, "category", shop, category_id=topic.pk),
        page(reader, "article", shop, key="delivery"),
        page(reader, "search", shop, {"q": "umbrella"}),
        page(reader, "search", shop, {"q": attack}),
        page(reader, "search", shop, {"q": f"umbrela {attack}"}),
    ]

    for text in shown:
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<svg onload" not in text
        assert ">14<" not in text


def test_a_products_card_leads_to_its_page_only_where_customers_may_be_led(
    reader: Client, shop: Shop, lin: User
) -> None:
    tent = make_product(shop=shop, sku="TENT", name="Tent", page="https://shop.example/tent")
    card = Draft("tent", "Which tent?", answer="This one.", rich=Rich(cards=(ProductCard("TENT"),)))
    versions = actions.save_drafts(shop=shop, drafts=[card], by=lin, at=MONDAY_9AM)
    actions.publish(versions=versions, by=lin, at=MONDAY_9AM)
    assert 'href="https://shop.example/tent"' in page(reader, "article", shop, key="tent")

    tent.page = "javascript:alert(1)"
    tent.save()

    text = page(reader, "article", shop, key="tent")
    assert "<b>Tent</b>" in text
    assert "javascript:" not in text


def test_missing_hidden_and_foreign_pages_look_alike(
    reader: Client, shop: Shop, other_shop: Shop, lin: User
) -> None:
    hidden = published(shop, lin, key="hidden", question="Hidden?")
    actions.show_in_help_centre(articles=[hidden.article], shown=False, by=lin, at=MONDAY_9AM)
    draft(shop, lin, key="draft", question="Draft?")
    published(shop, lin)
    empty = Category.objects.create(shop=shop, name="Empty")
    theirs = Category.objects.create(shop=other_shop, name="Theirs")

    for missing in (
        address("article", shop, key="hidden"),
        address("article", shop, key="draft"),
        address("article", shop, key="none"),
        address("article", other_shop, key="delivery"),
        address("category", shop, category_id=empty.pk),
        address("category", shop, category_id=theirs.pk),
        "/help/no-such-shop/",
    ):
        assert reader.get(missing).status_code == 404, missing
        assert "Hidden?" not in reader.get(missing).content.decode()


def test_a_search_with_a_slip_is_answered_and_asked_about(reader: Client, shop: Shop, lin: User) -> None:
    published(shop, lin)

    text = page(reader, "search", shop, {"q": "delivrey"})

    assert "<mark>delivery</mark>" in text
    assert 'href="/help/shanye/search/?q=delivery">delivery</a>' in text
    assert '<meta name="robots" content="noindex">' in text


def test_a_search_for_nothing_and_one_that_finds_nothing_lead_on(
    reader: Client, shop: Shop, lin: User
) -> None:
    published(shop, lin)

    assert reader.get(address("search", shop), {"q": "  "}).headers["Location"] == address("home", shop)
    text = page(reader, "search", shop, {"q": "zzzz"})
    assert "Nothing about “zzzz”" in text
    assert "How long does delivery take?" in text


def vote(client: Client, shop: Shop, helpful: str, number: object = 1, **extra: str) -> int:
    form = {"version": str(number), "helpful": helpful}
    return int(client.post(address("vote", shop, key="delivery"), form, **extra).status_code)


def test_a_reader_has_one_vote_for_a_version_and_may_change_it(reader: Client, shop: Shop, lin: User) -> None:
    published(shop, lin)

    assert "Did this help?" in page(reader, "article", shop, key="delivery")
    assert vote(reader, shop, "yes") == 302
    assert "We are glad it helped" in page(reader, "article", shop, key="delivery")
    assert vote(reader, shop, "no") == 302
    assert "We shall look at this answer again" in page(reader, "article", shop, key="delivery")
    vote(Client(), shop, "yes")
    published(shop, lin, answer="One day.")
    assert "Did this help?" in page(reader, "article", shop, key="delivery")
    vote(reader, shop, "yes", 2)

    said = HelpVote.objects.order_by("pk").values_list("version__number", "helpful")
    assert list(said) == [(1, False), (1, True), (2, True)]


def test_a_voters_cookie_is_kept_from_scripts_and_its_key_from_the_database(
    reader: Client, shop: Shop, lin: User
) -> None:
    published(shop, lin)
    vote(reader, shop, "yes")
    cookie = reader.cookies["help_reader"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/help/"
    assert cookie.value not in HelpVote.objects.get().voter


@pytest.mark.parametrize(
    ("helpful", "number"), [("maybe", 1), ("", 1), ("yes", 7), ("yes", "x"), ("yes", "9" * 30)]
)
def test_a_vote_that_makes_no_sense_is_not_kept(
    helpful: str, number: object, reader: Client, shop: Shop, lin: User
) -> None:
    published(shop, lin)

    assert vote(reader, shop, helpful, number) == 404
    assert not HelpVote.objects.exists()


def test_a_version_that_nobody_could_read_takes_no_vote(reader: Client, shop: Shop, lin: User) -> None:
    published(shop, lin)
    draft(shop, lin, answer="One day.")

    assert vote(reader, shop, "yes", 2) == 404


def test_a_vote_without_the_pages_own_token_is_refused(shop: Shop, lin: User) -> None:
    published(shop, lin)

    assert vote(Client(enforce_csrf_checks=True), shop, "yes") == 403
    assert not HelpVote.objects.exists()


def test_readers_are_counted_by_day_and_staff_and_robots_that_look_ahead_are_not(
    reader: Client, shop: Shop, lin: User
) -> None:
    version = published(shop, lin)
    staff = Client()
    staff.force_login(lin)
    where = address("article", shop, key="delivery")

    for _ in range(2):
        reader.get(where)
    reader.head(where)
    reader.get(where, headers={"sec-purpose": "prefetch"})
    staff.get(where)

    assert list(HelpView.objects.values_list("article", "count")) == [(version.article_id, 2)]


def test_what_readers_did_is_counted_over_thirty_days(shop: Shop, lin: User) -> None:
    article = published(shop, lin).article
    for days, voter in ((0, "a"), (29, "b"), (31, "c")):
        at = MONDAY_9AM - timedelta(days=days)
        actions.count_reader(article=article, at=at)
        actions.vote(article=article, number=1, voter=voter, helpful=voter != "b", at=at)

    figures = help_centre.figures_of([article.pk], MONDAY_9AM)

    assert figures == {article.pk: help_centre.HelpFigures(opened=2, helpful=1, not_helpful=1)}


def test_pages_ask_the_database_as_often_for_many_articles_as_for_few(
    reader: Client, shop: Shop, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    topic = Category.objects.create(shop=shop, name="Delivery")
    for number in range(12):
        published(shop, lin, key=f"a{number}", question=f"Question {number} about delivery?", category=topic)
    page(reader, "search", shop, {"q": "delivery"})

    for most, name, query, values in (
        (4, "home", {}, {}),
        (6, "category", {}, {"category_id": topic.pk}),
        (4, "search", {"q": "delivery"}, {}),
        (12, "article", {}, {"key": "a1"}),
    ):
        with django_assert_max_num_queries(most):
            page(reader, name, shop, query, **values)


def test_taking_an_article_out_is_in_the_audit_trail_and_twice_is_refused(shop: Shop, lin: User) -> None:
    article = published(shop, lin).article

    actions.show_in_help_centre(articles=[article], shown=False, by=lin, at=MONDAY_9AM)

    assert not Article.objects.get().in_help_centre
    assert AuditEntry.objects.filter(verb="kb.help-hide").count() == 1
    with pytest.raises(actions.AlreadySo):
        actions.show_in_help_centre(articles=[article], shown=False, by=lin, at=MONDAY_9AM)
