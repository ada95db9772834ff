"""Figures of articles: what each counts, that its list is as long, and who reads it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from analytics.period import Period
from analytics.reports.articles import ArticleRow, article_days, article_rows
from analytics.reports.lists import case_list
from chat.models import BotTurn, Conversation, Thumb
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.errors import NotFound
from kb import actions
from kb.models import Article
from tests.analytics.visits import LONG_AFTER, visit
from tests.factories import MONDAY_9AM, make_article, make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def period() -> Period:
    zone = MONDAY_9AM.tzinfo
    assert zone is not None
    return Period((MONDAY_9AM - timedelta(days=7)).date(), LONG_AFTER.date(), zone)


@pytest.fixture
def article(shop: Shop) -> Article:
    return make_article(shop=shop, live=True)


def row_of(article: Article, period: Period) -> ArticleRow:
    [row] = [row for row in article_rows(article.shop, period, LONG_AFTER) if row.article == article]
    return row


def thumb(conversation: Conversation, article: Article, *, up: bool, agent: User | None = None) -> None:
    question = conversation.messages.filter(author="customer").earliest("seq")
    Thumb.objects.create(
        question=question,
        version=article.live_version,
        up=up,
        agent=agent,
        voter_key=str(agent),
        at=MONDAY_9AM,
    )


def test_an_answer_that_was_enough_helped(shop: Shop, article: Article, period: Period) -> None:
    visit(shop, "c answer", article=article)

    row = row_of(article, period)
    assert (row.asked, row.answered, row.handed_over) == (1, 1, 0)
    assert (row.helped.numerator, row.helped.denominator) == (1, 1)


def test_an_answer_did_not_help_when_the_customer_comes_back_or_says_so(
    shop: Shop, article: Article, period: Period
) -> None:
    back = make_customer(shop=shop)
    visit(shop, "c answer", article=article, customer=back)
    visit(shop, "c answer", article=article, customer=back, at=MONDAY_9AM + timedelta(hours=5))
    visit(shop, "c answer", article=article, stars=1)
    thumb(visit(shop, "c answer", article=article), article, up=False)

    row = row_of(article, period)
    assert row.answered == 4
    # The second visit of the one who came back was enough for him.
    assert (row.helped.numerator, row.helped.denominator) == (1, 4)
    assert row.thumbs_down == 1


def test_an_agents_thumb_is_counted_but_settles_nothing_for_the_customer(
    shop: Shop, article: Article, mei: User, period: Period
) -> None:
    thumb(visit(shop, "c answer", article=article), article, up=False, agent=mei)

    row = row_of(article, period)
    assert (row.helped.numerator, row.thumbs_down) == (1, 1)


def test_a_hand_over_counts_only_after_the_answer(shop: Shop, article: Article, period: Period) -> None:
    visit(shop, "c answer c hand_over a", article=article)
    visit(shop, "c hand_over a c answer", article=article)

    row = row_of(article, period)
    assert (row.answered, row.handed_over) == (2, 1)
    assert row.helped.numerator == 0


def test_what_is_not_settled_yet_is_in_no_share(shop: Shop, article: Article, period: Period) -> None:
    visit(shop, "c answer", article=article)
    visit(shop, "c answer", article=article, open_still=True)

    row = row_of(article, period)
    assert (row.answered, row.helped.denominator) == (2, 1)


def test_an_offer_that_named_it_first_was_asked_and_not_answered(
    shop: Shop, article: Article, period: Period
) -> None:
    visit(shop, "c offer")
    visit(shop, "c hand_over")
    BotTurn.objects.update(candidates=[{"id": article.key, "confidence": 0.5}])

    row = row_of(article, period)
    assert (row.asked, row.answered) == (1, 0)


def test_one_of_several_questions_counts_as_answered_from_its_article(
    shop: Shop, article: Article, period: Period
) -> None:
    visit(shop, "c answer c hand_over")
    turn = BotTurn.objects.get(decision="answer")
    turn.questions = [{"text": "?", "step": "known_answer", "article": article.key, "confidence": 0.9}]
    turn.save()

    row = row_of(article, period)
    assert (row.asked, row.answered, row.handed_over) == (1, 1, 1)


def test_readers_of_the_help_centre_are_counted(shop: Shop, article: Article, period: Period) -> None:
    actions.count_reader(article=article, at=MONDAY_9AM)
    actions.count_reader(article=article, at=MONDAY_9AM - timedelta(days=30))
    actions.vote(article=_released(article), number=1, voter="a", helpful=False, at=MONDAY_9AM)

    row, days = article_days(article, period, LONG_AFTER)
    assert (row.opened, row.helpful, row.not_helpful) == (1, 0, 1)
    assert sum(day.opened for day in days) == 1


def _released(article: Article) -> Article:
    article.shop.releases.create(
        number=1, article=article, version=article.live_version, verb="publish", at=MONDAY_9AM
    )
    return article


@pytest.mark.parametrize("what", ["asked", "answered", "settled", "helped", "handed_over"])
def test_every_number_has_a_list_as_long_as_it_says(
    what: str, shop: Shop, article: Article, period: Period
) -> None:
    other = make_article(shop=shop, live=True, question="Another?")
    for script in ("c answer", "c answer c hand_over a", "c hand_over a", "c answer c answer"):
        visit(shop, script, article=article)
    visit(shop, "c answer", article=other)
    visit(shop, "c answer", article=article, open_still=True)
    row = row_of(article, period)
    number = {"settled": row.helped.denominator, "helped": row.helped.numerator}.get(what)

    found = case_list(shop, period, f"article-{article.pk}-{what}", LONG_AFTER)

    assert len(found.cases) == (getattr(row, what) if number is None else number) > 0
    assert "How long does delivery take?" in str(found.title)


def test_lists_of_foreign_articles_and_unknown_numbers_are_missing(
    shop: Shop, other_shop: Shop, article: Article, period: Period
) -> None:
    theirs = make_article(shop=other_shop, live=True)

    for key in (f"article-{theirs.pk}-asked", f"article-{article.pk}-eaten", "article-x-asked"):
        with pytest.raises(NotFound):
            case_list(shop, period, key, LONG_AFTER)


def test_the_page_orders_by_what_is_asked_for_and_links_every_number(analyst: Client, shop: Shop) -> None:
    article = make_article(shop=shop, live=True)
    make_article(shop=shop, question="Never asked?")
    visit(shop, "c answer", article=article, at=clock.now() - timedelta(days=5))

    text = analyst.get(reverse("analytics:articles"), {"sort": "asked"}).content.decode()

    assert text.index("How long does delivery take?") < text.index("Never asked?")
    for what in ("asked", "answered", "helped", "settled", "handed_over"):
        assert f"list=article-{article.pk}-{what}" in text
    assert 'aria-sort="descending"' in text
    assert analyst.get(reverse("analytics:article", args=[article.pk])).status_code == 200


def test_the_file_is_the_table_and_no_cell_is_a_formula(analyst: Client, shop: Shop) -> None:
    make_article(shop=shop, live=True, question="=cmd()")

    response = analyst.get(reverse("analytics:articles_csv"))
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Article key,Question,Category,Asked,Answered")
    assert "'=cmd()" in lines[1]


def test_a_foreign_article_has_no_figures(analyst: Client, other_shop: Shop) -> None:
    theirs = make_article(shop=other_shop, live=True)

    assert analyst.get(reverse("analytics:article", args=[theirs.pk])).status_code == 404
    assert analyst.get(reverse("analytics:articles"), {"shop": other_shop.key}).status_code == 404


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(
    analyst: Client, shop: Shop, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def load(count: int) -> list[str]:
        for number in range(count):
            article = make_article(shop=shop, live=True, question=f"Question {number}?")
            visit(shop, "c answer c hand_over a", article=article, at=clock.now() - timedelta(days=4))
        return [reverse("analytics:articles"), reverse("analytics:article", args=[article.pk])]

    for address in load(3):
        analyst.get(address)
        with django_assert_max_num_queries(30) as few:
            analyst.get(address)
        needed = len(few.captured_queries)
        load(5)
        with django_assert_max_num_queries(needed):
            analyst.get(address)
