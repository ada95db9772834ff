"""The form of an article that does not exist yet."""

import pytest
from django.test import Client

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb.models import Article, ReviewState
from tests.kb.pages import LIST

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ticked", [True, False])
def test_whoever_writes_an_article_says_whether_it_will_be_public(
    editor: Client, shop: Shop, ticked: bool
) -> None:
    assert "Show it in the help centre" in editor.get(f"{LIST}add/").content.decode()
    fields = {
        "shop": shop.pk,
        "key": "hours",
        "category": "",
        "question": "Open?",
        "phrasings": "",
        "answer": "Yes.",
    }

    editor.post(f"{LIST}add/", fields | ({"in_help_centre": "on"} if ticked else {}))

    assert Article.objects.get().in_help_centre == ticked


def test_under_the_rule_a_new_article_is_saved_and_asked_for(editor: Client, two_people: Shop) -> None:
    page = editor.get(f"{LIST}add/").content.decode()
    assert 'name="_ask"' in page
    assert 'name="_publish"' not in page

    fields = {
        "shop": two_people.pk,
        "key": "",
        "category": "",
        "question": "Open?",
        "phrasings": "",
        "answer": "Yes.",
    }
    editor.post(f"{LIST}add/", fields | {"_ask": "1"})

    assert Article.objects.get().review_state == ReviewState.IN_REVIEW


def test_where_one_of_two_shops_has_the_rule_a_new_article_has_both_ways(
    editor: Client, two_people: Shop, other_shop: Shop, lin: User
) -> None:
    other_shop.staff.add(lin)

    page = editor.get(f"{LIST}add/").content.decode()

    assert 'name="_ask"' in page
    assert 'name="_publish"' in page
