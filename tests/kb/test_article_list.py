import pytest
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions
from kb.models import Article, Category, KnowledgeBase, Release
from tests.factories import MONDAY_9AM, make_article
from tests.kb.articles import draft, neighbours, published
from tests.kb.pages import LIST, change, form_of, found, many_articles, said


def test_the_list_publishes_with_one_click_and_comes_back(editor: Client, shop: Shop, lin: User) -> None:
    version = draft(shop, lin)
    page = editor.get(f"{LIST}?state=draft").content.decode()
    assert f'formaction="/admin/kb/article/{version.article_id}/publish/"' in page

    response = editor.post(reverse("kb:publish", args=[version.article_id]), {"next": f"{LIST}?state=draft"})

    assert response.headers["Location"] == f"{LIST}?state=draft"
    assert Article.objects.get().is_live


def test_withdrawing_is_one_click_as_well(editor: Client, shop: Shop, lin: User) -> None:
    version = published(shop, lin)

    response = editor.post(reverse("kb:withdraw", args=[version.article_id]), follow=True)

    assert "release 2" in said(response)
    assert not Article.objects.get().is_live


@pytest.mark.parametrize("door", ["kb:publish", "kb:withdraw"])
def test_nothing_changes_by_a_link(editor: Client, shop: Shop, lin: User, door: str) -> None:
    version = draft(shop, lin)

    assert editor.get(reverse(door, args=[version.article_id])).status_code == 405


def test_a_foreign_address_is_never_gone_back_to(editor: Client, shop: Shop, lin: User) -> None:
    version = draft(shop, lin)

    response = editor.post(
        reverse("kb:publish", args=[version.article_id]), {"next": "https://evil.example/"}
    )

    assert response.headers["Location"] == change(version.article)


def test_publishing_what_is_live_says_why_not(editor: Client, shop: Shop, lin: User) -> None:
    version = published(shop, lin)

    response = editor.post(reverse("kb:publish", args=[version.article_id]), follow=True)

    assert "already see this" in said(response)
    assert KnowledgeBase.objects.get().release == 1


def test_many_articles_are_published_after_one_look(editor: Client, shop: Shop, lin: User) -> None:
    versions = [draft(shop, lin), draft(shop, lin, key="b", question="B?")]
    chosen = {"action": "publish_chosen", "_selected_action": [version.article_id for version in versions]}

    page = editor.post(LIST, chosen)
    assert not Article.objects.live().exists()
    assert "B?" in page.content.decode()
    response = editor.post(LIST, chosen | {"confirmed": "yes"}, follow=True)

    assert "release 1" in said(response)
    assert Article.objects.live().count() == 2


def test_all_articles_of_a_filter_are_published_together(editor: Client, shop: Shop, lin: User) -> None:
    many_articles(shop, lin, 60, live=False)
    first = Article.objects.earliest("pk").pk
    chosen = {"action": "publish_chosen", "_selected_action": [first], "select_across": "1"}

    page = editor.post(f"{LIST}?state=draft", chosen)
    assert "and 10 more" in page.content.decode()
    editor.post(f"{LIST}?state=draft", chosen | {"confirmed": "yes"})

    assert Article.objects.live().count() == 60
    assert KnowledgeBase.objects.get().release == 1


def test_many_articles_are_withdrawn_after_one_look(editor: Client, shop: Shop, lin: User) -> None:
    neighbours(shop, lin)
    ids = list(Article.objects.values_list("pk", flat=True))

    editor.post(LIST, {"action": "withdraw_chosen", "_selected_action": ids, "confirmed": "yes"})

    assert not Article.objects.live().exists()
    assert Release.objects.filter(number=2, verb="withdraw").count() == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=parcel", ["delivery"]), ("q=invoice", ["invoice"]), ("state=draft", ["delivery"]), ("q=包裹", [])],
)
def test_articles_are_found_by_words_of_question_and_phrasings_and_by_state(
    editor: Client, shop: Shop, lin: User, query: str, found: list[str]
) -> None:
    draft(shop, lin)
    neighbours(shop, lin)

    response = editor.get(f"{LIST}?{query}")

    assert [article.key for article in response.context["cl"].result_list] == found


def test_chinese_phrasings_are_found(editor: Client, shop: Shop, lin: User) -> None:
    draft(shop, lin, phrasings=["我的包裹到哪了"])

    assert editor.get(f"{LIST}?q=包裹").context["cl"].result_count == 1


def test_an_agent_reads_and_cannot_write(agent: Client, shop: Shop, lin: User) -> None:
    version = draft(shop, lin)

    page = agent.get(change(version.article))
    assert page.status_code == 200
    assert "Two to four days." in page.content.decode()
    assert "_publish" not in page.content.decode()
    assert "formaction" not in agent.get(LIST).content.decode()
    assert agent.post(change(version.article), form_of(version, answer="x")).status_code == 403
    assert agent.get(f"{LIST}add/").status_code == 403
    assert agent.post(reverse("kb:publish", args=[version.article_id])).status_code == 403
    assert agent.post(reverse("kb:restore", args=[version.article_id, 1])).status_code == 403
    assert agent.get(reverse("kb:versions", args=[version.article_id])).status_code == 200
    assert Article.objects.get().state == "draft"


def test_a_stranger_is_asked_to_sign_in(client: Client, shop: Shop) -> None:
    article = make_article(shop=shop)

    for address in (LIST, reverse("kb:versions", args=[article.pk])):
        assert client.get(address).status_code == 302


def test_articles_of_another_shop_are_missing(editor: Client, other_shop: Shop) -> None:
    foreign = make_article(shop=other_shop, live=True)

    assert editor.get(LIST).context["cl"].result_count == 0
    assert editor.get(change(foreign)).status_code == editor.get(f"{LIST}987654/change/").status_code == 302
    for door in ("kb:publish", "kb:withdraw"):
        assert editor.post(reverse(door, args=[foreign.pk])).status_code == 404
    assert editor.get(reverse("kb:versions", args=[foreign.pk])).status_code == 404
    assert Article.objects.get().is_live


@pytest.mark.parametrize("page", [LIST, "/admin/kb/category/", "/admin/kb/release/"])
def test_a_longer_list_takes_no_more_queries(
    editor: Client, shop: Shop, lin: User, django_assert_max_num_queries: object, page: str
) -> None:
    many_articles(shop, lin, 20)

    with django_assert_max_num_queries(13):  # type: ignore[operator]
        editor.get(page)


def test_releases_say_what_happened_and_cannot_be_changed(editor: Client, shop: Shop, lin: User) -> None:
    version = published(shop, lin)
    actions.withdraw(articles=[version.article], by=lin, at=MONDAY_9AM)

    page = editor.get("/admin/kb/release/")

    assert [row.verb for row in page.context["cl"].result_list] == ["withdraw", "publish"]
    assert editor.get("/admin/kb/release/add/").status_code == 403
    assert editor.post(f"/admin/kb/release/{Release.objects.latest('pk').pk}/delete/").status_code == 403


def test_a_category_with_articles_is_not_deleted(editor: Client, shop: Shop, lin: User) -> None:
    full = Category.objects.create(shop=shop, name="Full")
    empty = Category.objects.create(shop=shop, name="Empty")
    draft(shop, lin, category=full)

    for category in (full, empty):
        editor.post(f"/admin/kb/category/{category.pk}/delete/", {"post": "yes"})

    assert list(Category.objects.all()) == [full]


def test_many_are_taken_out_and_shown_again_after_one_look(editor: Client, shop: Shop, lin: User) -> None:
    ids = [published(shop, lin, key=f"a{n}", question=f"Q{n}?").article_id for n in range(2)]
    hide = {"action": "help_hide_chosen", "_selected_action": ids}
    show = hide | {"action": "help_show_chosen"}

    assert "Q1?" in editor.post(LIST, hide).content.decode()
    assert found(editor, "in_help_centre__exact=0") == []
    assert "2 articles left" in said(editor.post(LIST, hide | {"confirmed": "yes"}, follow=True))
    assert found(editor, "in_help_centre__exact=0") == ["a0", "a1"]
    assert "like this already" in said(editor.post(LIST, hide | {"confirmed": "yes"}, follow=True))
    assert "2 articles stand" in said(editor.post(LIST, show | {"confirmed": "yes"}, follow=True))
    assert found(editor, "in_help_centre__exact=1") == ["a0", "a1"]
