"""The staff's search page, the desk's search, and the way in and out of the help centre."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions
from tests.factories import MONDAY_9AM, make_conversation
from tests.kb.articles import draft, published
from tests.kb.pages import change

pytestmark = pytest.mark.django_db
FIND = "/admin/kb/search/"


def test_staff_find_drafts_with_their_state_and_what_readers_did(
    editor: Client, shop: Shop, lin: User
) -> None:
    article = published(shop, lin).article
    draft(shop, lin, key="balloon", question="Is delivery by balloon possible?")
    actions.count_reader(article=article, at=MONDAY_9AM)

    text = editor.get(FIND, {"q": "delivry"}).content.decode()

    assert "<mark>delivery</mark>" in text
    assert "2 articles" in text
    assert "Draft" in text
    assert "Live" in text
    assert f'href="?shop={shop.key}&amp;q=delivery"' in text


def test_a_shop_of_others_is_missing_and_its_articles_are_not_found(
    editor: Client, shop: Shop, other_shop: Shop, lin: User
) -> None:
    draft(other_shop, lin, question="Where is the secret umbrella?")

    assert editor.get(FIND, {"q": "umbrella", "shop": other_shop.key}).status_code == 404
    assert "secret" not in editor.get(FIND, {"q": "umbrella"}).content.decode()


def test_markup_in_articles_is_shown_as_text(editor: Client, shop: Shop, lin: User) -> None:
    attack = "<script>alert(1)</script>"
    draft(shop, lin, question=f"Umbrella {attack}", answer=attack)

    text = editor.get(FIND, {"q": f"umbrella {attack}"}).content.decode()

    assert attack not in text
    assert "&lt;script&gt;" in text


def test_the_page_asks_the_database_as_often_for_many_hits_as_for_one(
    editor: Client, shop: Shop, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    draft(shop, lin)
    editor.get(FIND, {"q": "delivery"})
    with django_assert_max_num_queries(25) as few:
        editor.get(FIND, {"q": "delivery"})
    needed = len(few.captured_queries)

    for number in range(9):
        draft(shop, lin, key=f"a{number}", question=f"Question {number} about delivery?")
    editor.get(FIND, {"q": "delivery"})
    with django_assert_max_num_queries(needed):
        assert "10 articles" in editor.get(FIND, {"q": "delivery"}).content.decode()


def test_an_article_leaves_the_help_centre_and_comes_back_from_its_own_page(
    editor: Client, shop: Shop, lin: User
) -> None:
    article = published(shop, lin).article
    move = reverse("kb:help_show", args=[article.pk])
    assert "Take it out of the help centre" in editor.get(change(article)).content.decode()

    editor.post(move, {"shown": "no"})
    assert "Not shown in the help centre." in editor.get(change(article)).content.decode()
    assert Client().get(f"/help/{shop.key}/articles/delivery/").status_code == 404

    editor.post(move, {"shown": "yes"})
    assert Client().get(f"/help/{shop.key}/articles/delivery/").status_code == 200


def test_agents_neither_move_articles_nor_reach_foreign_ones(
    agent: Client, editor: Client, other_shop: Shop, shop: Shop, mei: User, lin: User
) -> None:
    theirs = draft(other_shop, lin).article
    mine = published(shop, lin).article

    assert editor.post(reverse("kb:help_show", args=[theirs.pk]), {"shown": "no"}).status_code == 404
    agent.force_login(mei)
    assert agent.post(reverse("kb:help_show", args=[mine.pk]), {"shown": "no"}).status_code == 403


def test_the_desk_finds_live_articles_as_this_customer_would_be_told_them(
    agent: Client, shop: Shop, lin: User
) -> None:
    conversation = make_conversation(shop=shop, locale="en", state="waiting", waiting_since=MONDAY_9AM)
    published(shop, lin, answer="Two days, {customer.name|friend}.")
    draft(shop, lin, key="secret", question="Is delivery by balloon possible?")

    response = agent.get(reverse("chat:find_articles", args=[conversation.pk]), {"q": "delivrey"})
    said = json.loads(response.content)

    assert said["did_you_mean"] == "delivery"
    [found] = said["found"]
    assert found["answer"] == "Two days, friend."
    assert ["delivery", True] in found["question"]
    assert found["version"] == 1


def test_the_desk_finds_nothing_about_a_conversation_of_another_shop(
    agent: Client, other_shop: Shop, lin: User
) -> None:
    theirs = make_conversation(shop=other_shop)

    response = agent.get(reverse("chat:find_articles", args=[theirs.pk]), {"q": "delivery"})

    assert response.status_code == 404


def test_the_sidebar_leads_to_the_help_centre_of_ones_own_shop(editor: Client, shop: Shop) -> None:
    assert editor.get("/admin/kb/help-centre/").headers["Location"] == f"/help/{shop.key}/"
