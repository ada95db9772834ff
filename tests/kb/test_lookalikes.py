import pytest
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions
from kb.lookalikes import lookalikes
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, neighbours, published
from tests.kb.pages import LIST, change, form_of, said

ALIKE = "How long does the delivery take?"
WARNED = "can hardly tell them apart"


@pytest.fixture(autouse=True)
def three_articles(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)
    published(shop, lin)


@pytest.mark.parametrize("question", [ALIKE, "HOW LONG does delivery take!!", "When will my parcel arrive"])
def test_nearly_the_same_question_is_named_with_its_article(shop: Shop, lin: User, question: str) -> None:
    published(shop, lin, key="new", question=question, phrasings=[])

    [found] = lookalikes(shop.pk, 3)

    assert (found.key, found.wording, found.question) == ("new", question, "How long does delivery take?")


def test_a_phrasing_is_looked_at_as_well(shop: Shop, lin: User) -> None:
    published(shop, lin, key="new", question="Is it fast?", phrasings=["Soon?", ALIKE])

    assert [alike.wording for alike in lookalikes(shop.pk, 3)] == [ALIKE]


@pytest.mark.parametrize(
    "fields", [{"key": "new", "question": "Do you sell tents?", "phrasings": []}, {"answer": "One day."}]
)
def test_another_question_and_the_article_itself_are_no_lookalikes(
    shop: Shop, lin: User, fields: dict[str, object]
) -> None:
    published(shop, lin, **fields)

    assert lookalikes(shop.pk, 3) == []


def test_two_articles_of_one_release_are_named_once(shop: Shop, lin: User) -> None:
    pair = [
        draft(shop, lin, key="a", question="Do you sell tents?", phrasings=["Are tents sold here?"]),
        draft(shop, lin, key="b", question="Do you sell any tents?", phrasings=["Are tents sold here?"]),
    ]
    release = actions.publish(versions=pair, by=lin, at=MONDAY_9AM)

    assert len(lookalikes(shop.pk, release)) == 1


def test_what_is_withdrawn_is_no_lookalike(shop: Shop, lin: User) -> None:
    actions.withdraw(articles=[draft(shop, lin).article], by=lin, at=MONDAY_9AM)

    published(shop, lin, key="new", question=ALIKE, phrasings=[])

    assert lookalikes(shop.pk, 4) == []


def test_one_click_goes_live_and_warns(editor: Client, shop: Shop, lin: User) -> None:
    version = draft(shop, lin, key="new", question=ALIKE, phrasings=[])

    page = editor.post(reverse("kb:publish", args=[version.article_id]), follow=True)

    assert "release 3" in said(page)
    assert WARNED in said(page)


def test_saving_and_publishing_warns(editor: Client, shop: Shop, lin: User) -> None:
    version = draft(shop, lin, key="new", question="Is it fast?", phrasings=[])

    sent = form_of(version, question=ALIKE, _publish="yes")
    page = editor.post(change(version.article), sent, follow=True)

    assert WARNED in said(page)


def test_publishing_many_warns(editor: Client, shop: Shop, lin: User) -> None:
    version = draft(shop, lin, key="new", question=ALIKE, phrasings=[])

    chosen = {"action": "publish_chosen", "_selected_action": [version.article_id], "confirmed": "yes"}

    assert WARNED in said(editor.post(LIST, chosen, follow=True))
