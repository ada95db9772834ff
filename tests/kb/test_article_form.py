import pytest
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.compliance.models import Rule
from kb.models import Article, ArticleVersion, Category
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, neighbours, published
from tests.kb.pages import LIST, change, form_of, said


def test_an_editor_writes_a_new_article(editor: Client, shop: Shop, lin: User) -> None:
    fields = {"shop": shop.pk, "key": "", "category": "", "question": "营业时间？", "answer": "九点到六点。"}

    response = editor.post(f"{LIST}add/", fields | {"phrasings": "几点开门\n\n几点关门"}, follow=True)

    version = ArticleVersion.objects.get()
    assert (version.question, version.phrasings, version.created_by) == (
        "营业时间？",
        ["几点开门", "几点关门"],
        lin,
    )
    assert "version 1" in said(response)
    assert not Article.objects.live().exists()


def test_saving_makes_a_new_version_and_customers_see_the_old_one(
    editor: Client, shop: Shop, lin: User
) -> None:
    live = published(shop, lin)

    editor.post(change(live.article), form_of(live, answer="One day."))

    article = Article.objects.get()
    assert article.latest_version is not None
    assert (article.latest_version.number, article.latest_version.answer) == (2, "One day.")
    assert article.live_version == live


def test_save_and_publish_is_one_click(editor: Client, shop: Shop, lin: User) -> None:
    live = published(shop, lin)

    response = editor.post(change(live.article), form_of(live, answer="One day.", _publish="1"), follow=True)

    assert "release 2" in said(response)
    assert Article.objects.get().state == "live"


def test_a_new_article_may_go_live_at_once(editor: Client, shop: Shop) -> None:
    fields = {
        "shop": shop.pk,
        "key": "hours",
        "category": "",
        "question": "Open?",
        "phrasings": "",
        "answer": "Yes.",
    }

    editor.post(f"{LIST}add/", fields | {"_publish": "1"})

    assert Article.objects.live().get().key == "hours"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"question": ""}, "question"),
        ({"question": "q" * 257}, "question"),
        ({"question": "Can I send it back?"}, "question"),
        ({"phrasings": "p" * 257}, "phrasings"),
        ({"answer": "a" * 4001}, "answer"),
        ({"category": "999"}, "category"),
    ],
)
def test_what_cannot_be_stored_is_said_beside_the_field(
    editor: Client, shop: Shop, lin: User, fields: dict[str, object], field: str
) -> None:
    neighbours(shop, lin)
    version = draft(shop, lin)

    response = editor.post(change(version.article), form_of(version, **fields))

    assert list(response.context["adminform"].form.errors) == [field]
    assert version.article.versions.count() == 1


def test_a_key_that_is_taken_is_refused_in_the_form(editor: Client, shop: Shop, lin: User) -> None:
    draft(shop, lin)
    fields = {
        "shop": shop.pk,
        "key": "delivery",
        "category": "",
        "question": "New?",
        "phrasings": "",
        "answer": "",
    }

    response = editor.post(f"{LIST}add/", fields)

    assert response.context["errors"]
    assert ArticleVersion.objects.count() == 1


def test_a_text_written_on_an_older_version_is_not_saved_over_a_newer_one(
    editor: Client, shop: Shop, lin: User, omar: User
) -> None:
    opened = draft(shop, lin)
    draft(shop, omar, answer="One day.")

    response = editor.post(change(opened.article), form_of(opened, answer="Three days."))

    assert "Omar" in str(response.context["adminform"].form.non_field_errors())
    assert opened.article.versions.count() == 2


def test_forbidden_words_are_shown_in_the_form_and_kept_back(editor: Client, shop: Shop, lin: User) -> None:
    Rule.objects.create(
        shop=shop,
        key="own-lowest",
        family="absolute",
        words="全网最低价",
        action="block",
        updated_at=MONDAY_9AM,
    )
    version = draft(shop, lin)

    response = editor.post(
        change(version.article), form_of(version, answer="我们是全网最低价。", _publish="1"), follow=True
    )

    assert "全网最低价" in said(response)
    assert "<mark>全网最低价</mark>" in response.content.decode()
    assert not Article.objects.live().exists()


def test_versions_show_what_changed_and_come_back(editor: Client, shop: Shop, lin: User) -> None:
    first = published(shop, lin, answer="Two to four days.", phrasings=["old wording"])
    published(shop, lin, answer="Two to five days.", phrasings=["new <b>wording</b>"])
    page = editor.get(reverse("kb:versions", args=[first.article_id])).content.decode()
    assert "<del>four</del><ins>five</ins>" in page
    assert "<ins>new &lt;b&gt;wording&lt;/b&gt;</ins>" in page

    response = editor.post(reverse("kb:restore", args=[first.article_id, 1]), follow=True)

    assert "draft version 3" in said(response)
    assert Article.objects.get().state == "changed"


def test_an_earlier_version_goes_live_again_with_one_click(editor: Client, shop: Shop, lin: User) -> None:
    first = published(shop, lin)
    published(shop, lin, answer="One day.")

    editor.post(reverse("kb:publish_version", args=[first.article_id, 1]))

    assert Article.objects.get().live_version == first


def test_an_article_cannot_be_put_into_another_shop(editor: Client, shop: Shop, other_shop: Shop) -> None:
    fields = {"key": "", "category": "", "question": "Open?", "phrasings": "", "answer": "Yes."}

    response = editor.post(f"{LIST}add/", fields | {"shop": other_shop.pk})

    assert list(response.context["adminform"].form.errors) == ["shop"]
    foreign = Category.objects.create(shop=other_shop, name="Theirs")
    response = editor.post(f"{LIST}add/", fields | {"shop": shop.pk, "category": foreign.pk})
    assert list(response.context["adminform"].form.errors) == ["category"]


def test_the_versions_page_takes_no_more_queries_for_more_versions(
    editor: Client, shop: Shop, lin: User, django_assert_max_num_queries: object
) -> None:
    for days in range(15):
        draft(shop, lin, answer=f"{days} days.")

    with django_assert_max_num_queries(14):  # type: ignore[operator]
        editor.get(reverse("kb:versions", args=[Article.objects.get().pk]))
