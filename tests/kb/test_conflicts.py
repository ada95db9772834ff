"""Articles that ask nearly the same are named while an editor types, and merged or told apart with one click."""

import pytest
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from kb import actions, live
from kb.actions.merging import ItselfAgain, NotMerged
from kb.models import Article, GoldenQuestion, Release, ReleaseVerb
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, neighbours, published

DELIVERY = "How long does delivery take?"
TWIN = "How long does the shipping take?"


@pytest.fixture
def delivery(shop: Shop, lin: User) -> Article:
    neighbours(shop, lin)
    return published(shop, lin).article


@pytest.fixture
def twin(shop: Shop, lin: User, delivery: Article) -> Article:
    version = published(
        shop, lin, key="twin", question=TWIN, phrasings=["Is it shipped soon?"], answer="Soon."
    )
    return version.article


def typed(editor: Client, **fields: object) -> list[dict[str, str]]:
    found: list[dict[str, str]] = editor.post(reverse("kb:alike"), fields).json()["alike"]
    return found


def answered_by(shop: Shop, text: str) -> str:
    match = live.knowledge(shop.pk).match(text)
    return match.candidates[0].id if match.decision == "answer" else match.decision


def test_typing_a_question_that_is_live_elsewhere_names_the_other_article(
    shop: Shop, editor: Client, delivery: Article
) -> None:
    [found] = typed(editor, shop=shop.pk, question="How long does the delivery take?")

    assert found["question"] == DELIVERY
    assert found["url"] == reverse("admin:kb_article_change", args=[delivery.pk])
    assert found["settle"] == ""


def test_typing_a_phrasing_that_is_live_elsewhere_leads_to_where_it_is_settled(
    editor: Client, delivery: Article
) -> None:
    invoice = Article.objects.get(key="invoice")

    [found] = typed(
        editor, article=invoice.pk, question="How do I get an invoice?", phrasings=f"My bill\n{DELIVERY}"
    )

    assert found["settle"] == reverse("kb:conflict", args=[invoice.pk, delivery.pk])


def test_typing_the_articles_own_wordings_names_nothing(editor: Client, delivery: Article) -> None:
    assert typed(editor, article=delivery.pk, question=DELIVERY) == []


def test_nobody_types_into_another_shop(editor: Client, other_shop: Shop, lin: User) -> None:
    foreign = draft(other_shop, lin).article

    for fields in ({"shop": other_shop.pk}, {"article": foreign.pk}, {"shop": "x"}, {}):
        assert editor.post(reverse("kb:alike"), {"question": DELIVERY} | fields).status_code == 404


def test_the_page_shows_both_articles_and_what_a_merge_adds(
    editor: Client, delivery: Article, twin: Article
) -> None:
    page = editor.get(reverse("kb:conflict", args=[delivery.pk, twin.pk])).content.decode()

    assert "<ins>Is it shipped soon?</ins>" in page
    assert f"<ins>{TWIN}</ins>" in page
    assert "Soon." in page


def test_a_merge_is_a_draft_until_it_is_published(
    shop: Shop, editor: Client, delivery: Article, twin: Article
) -> None:
    editor.post(reverse("kb:merge", args=[delivery.pk, twin.pk]))

    delivery.refresh_from_db()
    assert delivery.latest_version is not None
    assert delivery.latest_version.phrasings == [
        "When will my parcel arrive?",
        TWIN,
        "Is it shipped soon?",
    ]
    assert delivery.has_unpublished_changes
    assert answered_by(shop, TWIN) == "twin"


def test_publishing_the_merge_withdraws_the_other_in_the_same_release(
    shop: Shop, lin: User, delivery: Article, twin: Article
) -> None:
    version = actions.merge(into=delivery, other=twin, by=lin, at=MONDAY_9AM)

    number = actions.publish(versions=[version], by=lin, at=MONDAY_9AM)

    rows = Release.objects.filter(shop=shop, number=number)
    assert set(rows.values_list("article__key", "verb")) == {
        ("delivery", ReleaseVerb.PUBLISH),
        ("twin", ReleaseVerb.WITHDRAW),
    }
    assert answered_by(shop, TWIN) == "delivery"
    assert not Article.objects.get(key="twin").is_live


def test_golden_questions_of_the_other_move_along(
    shop: Shop, lin: User, delivery: Article, twin: Article
) -> None:
    actions.keep_golden(article=twin, question=TWIN, by=lin, at=MONDAY_9AM)
    version = actions.merge(into=delivery, other=twin, by=lin, at=MONDAY_9AM)

    actions.publish(versions=[version], by=lin, at=MONDAY_9AM)

    assert GoldenQuestion.objects.get().article == delivery


@pytest.fixture
def merge_release(shop: Shop, lin: User, delivery: Article, twin: Article) -> int:
    """The release in which delivery took the twin in; each had a golden question of its own."""
    actions.keep_golden(article=delivery, question=DELIVERY, by=lin, at=MONDAY_9AM)
    actions.keep_golden(article=twin, question=TWIN, by=lin, at=MONDAY_9AM)
    version = actions.merge(into=delivery, other=twin, by=lin, at=MONDAY_9AM)
    return actions.publish(versions=[version], by=lin, at=MONDAY_9AM)


def golden_by_article() -> dict[str, str]:
    return dict(GoldenQuestion.objects.values_list("question", "article__key"))


def test_an_undo_of_the_merge_moves_its_golden_questions_back(
    shop: Shop, lin: User, merge_release: int
) -> None:
    actions.undo(shop=shop, release=merge_release, by=lin, at=MONDAY_9AM)

    assert golden_by_article() == {DELIVERY: "delivery", TWIN: "twin"}
    assert answered_by(shop, TWIN) == "twin"


def test_an_undo_of_that_undo_moves_them_along_again(shop: Shop, lin: User, merge_release: int) -> None:
    undone = actions.undo(shop=shop, release=merge_release, by=lin, at=MONDAY_9AM)

    actions.undo(shop=shop, release=undone, by=lin, at=MONDAY_9AM)

    assert golden_by_article() == {DELIVERY: "delivery", TWIN: "delivery"}
    assert answered_by(shop, TWIN) == "delivery"


def test_a_golden_question_given_to_somebody_else_since_stays_there(
    shop: Shop, lin: User, merge_release: int
) -> None:
    invoice = Article.objects.get(key="invoice")
    actions.keep_golden(article=invoice, question=TWIN, by=lin, at=MONDAY_9AM)

    actions.undo(shop=shop, release=merge_release, by=lin, at=MONDAY_9AM)

    assert golden_by_article() == {DELIVERY: "delivery", TWIN: "invoice"}


def test_where_golden_questions_went_stands_in_the_trail(shop: Shop, lin: User, merge_release: int) -> None:
    actions.undo(shop=shop, release=merge_release, by=lin, at=MONDAY_9AM)

    lines = AuditEntry.objects.filter(verb="kb.move_golden").order_by("pk")
    assert [(line.details["came_from"], line.details["articles"]) for line in lines] == [
        ("twin", ["delivery"]),
        ("delivery", ["twin"]),
    ]
    assert [line.details["golden"] for line in lines] == [[TWIN], [TWIN]]


def test_a_merge_that_would_lose_the_others_golden_question_is_held_back(
    shop: Shop, lin: User, delivery: Article, twin: Article
) -> None:
    actions.keep_golden(article=twin, question=TWIN, by=lin, at=MONDAY_9AM)
    actions.merge(into=delivery, other=twin, by=lin, at=MONDAY_9AM)
    elsewhere = draft(shop, lin, question="Who was Ada Lovelace?", phrasings=[])

    with pytest.raises(actions.GoldenRegression):
        actions.publish(versions=[elsewhere], by=lin, at=MONDAY_9AM)

    assert golden_by_article() == {TWIN: "twin"}


def test_an_article_kept_after_all_stays_live(
    shop: Shop, lin: User, editor: Client, delivery: Article, twin: Article
) -> None:
    version = actions.merge(into=delivery, other=twin, by=lin, at=MONDAY_9AM)

    editor.post(reverse("kb:keep_apart", args=[twin.pk]))
    actions.publish(versions=[version], by=lin, at=MONDAY_9AM)

    assert Article.objects.get(key="twin").is_live
    with pytest.raises(NotMerged):
        actions.keep_apart(article=twin, by=lin, at=MONDAY_9AM)


def test_an_article_published_again_is_not_withdrawn_by_the_next_version(
    shop: Shop, lin: User, delivery: Article, twin: Article
) -> None:
    version = actions.merge(into=delivery, other=twin, by=lin, at=MONDAY_9AM)
    actions.publish(versions=[version], by=lin, at=MONDAY_9AM)
    actions.publish(versions=[twin.latest_version], by=lin, at=MONDAY_9AM)  # type: ignore[list-item]

    actions.publish(versions=[draft(shop, lin, answer="One day.")], by=lin, at=MONDAY_9AM)

    assert Article.objects.get(key="twin").is_live


def test_told_apart_neither_article_is_taken_for_the_other(
    shop: Shop, lin: User, editor: Client, delivery: Article, twin: Article
) -> None:
    editor.post(reverse("kb:tell_apart", args=[delivery.pk, twin.pk]))

    versions = [Article.objects.get(key=key).latest_version for key in ("delivery", "twin")]
    assert [version.negatives for version in versions if version] == [
        [TWIN, "Is it shipped soon?"],
        [DELIVERY, "When will my parcel arrive?"],
    ]
    actions.publish(versions=[version for version in versions if version], by=lin, at=MONDAY_9AM)
    assert answered_by(shop, TWIN) == "twin"
    assert answered_by(shop, DELIVERY) == "delivery"
    candidates = live.knowledge(shop.pk).match(TWIN).candidates
    assert "delivery" not in [candidate.id for candidate in candidates]


def test_told_apart_and_then_merged_the_wordings_are_its_own(
    shop: Shop, lin: User, delivery: Article, twin: Article
) -> None:
    actions.tell_apart(one=delivery, other=twin, by=lin, at=MONDAY_9AM)

    version = actions.merge(into=delivery, other=twin, by=lin, at=MONDAY_9AM)

    assert version.negatives == []
    assert TWIN in version.phrasings


def test_an_article_is_not_merged_with_itself(lin: User, delivery: Article) -> None:
    with pytest.raises(ItselfAgain):
        actions.merge(into=delivery, other=delivery, by=lin, at=MONDAY_9AM)


def test_articles_of_two_shops_are_missing_to_each_other(
    other_shop: Shop, lin: User, editor: Client, delivery: Article
) -> None:
    foreign = draft(other_shop, lin).article

    for name in ("conflict", "merge", "tell_apart"):
        address = reverse(f"kb:{name}", args=[delivery.pk, foreign.pk])
        assert (editor.get if name == "conflict" else editor.post)(address).status_code == 404


def test_each_verb_is_one_line_in_the_trail(lin: User, delivery: Article, twin: Article) -> None:
    actions.tell_apart(one=delivery, other=twin, by=lin, at=MONDAY_9AM)
    actions.merge(into=delivery, other=twin, by=lin, at=MONDAY_9AM)
    actions.keep_apart(article=twin, by=lin, at=MONDAY_9AM)

    verbs = AuditEntry.objects.filter(verb__in=["kb.tell_apart", "kb.merge", "kb.keep_apart"])
    assert [line.verb for line in verbs.order_by("pk")] == ["kb.tell_apart", "kb.merge", "kb.keep_apart"]
