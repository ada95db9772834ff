"""What the wording rules say of articles: in lists, on the pages of rules, and while somebody writes."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.compliance.models import Rule
from kb import actions
from kb.models import Article
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, published
from tests.kb.pages import LIST, found


@pytest.fixture
def tears(shop: Shop) -> Rule:
    return Rule.objects.create(
        shop=shop,
        key="own-tears",
        family="absolute",
        words="便宜到哭",
        suggestion="价格优惠",
        action="block",
        updated_at=MONDAY_9AM,
    )


@pytest.mark.usefixtures("tears")
def test_articles_are_found_by_what_the_wording_rules_say(editor: Client, shop: Shop, lin: User) -> None:
    draft(shop, lin, key="bad", question="Cheap?", answer="真的便宜到哭。")
    draft(shop, lin, key="asks", question="便宜到哭吗？", answer="请看活动页面。")
    draft(shop, lin, key="clean", question="Clean?")

    assert found(editor, "wording=blocks") == ["bad"]
    assert found(editor, "wording=warns") == ["asks"]
    assert found(editor, "wording=none") == ["clean"]
    assert found(editor, "rule=own-tears") == ["asks", "bad"]
    assert found(editor, "rule=live:own-tears") == []


def test_a_new_rule_shows_which_live_articles_break_it(
    editor: Client, shop: Shop, lin: User, request: pytest.FixtureRequest
) -> None:
    published(shop, lin, answer="真的便宜到哭。")
    request.getfixturevalue("tears")
    actions.recheck_wording(shop=shop, at=MONDAY_9AM)

    assert found(editor, "rule=live:own-tears") == found(editor, "told=blocks") == ["delivery"]
    cards = {card["icon"]: card["figure"] for card in editor.get(reverse("admin:index")).context["cards"]}
    assert cards["gavel"] == 1


def test_a_rules_page_leads_to_the_articles_that_break_it(ada: User, client: Client, tears: Rule) -> None:
    client.force_login(ada)

    page = client.get(reverse("admin:compliance_rule_change", args=[tears.pk])).content.decode()

    assert f"{LIST}?rule=live%3Aown-tears" in page
    assert client.get(f"{LIST}?rule=live%3Aown-tears").context["cl"].result_count == 0


def ask(client: Client, **body: object) -> tuple[int, dict[str, object]]:
    answer = client.post(
        reverse("kb:check_wording"),
        json.dumps(body),
        "application/json",
        headers={"accept": "application/json"},
    )
    return answer.status_code, answer.json()


def test_the_wording_is_checked_while_somebody_writes(editor: Client, shop: Shop, tears: Rule) -> None:
    status, told = ask(editor, shop=shop.pk, texts={"question": "便宜到哭吗", "answer": "😀真的便宜到哭。"})

    assert status == 200
    place = {"text": "便宜到哭", "rule": "own-tears", "clause": "", "suggestion": "价格优惠"}
    assert told["found"] == {
        "question": [{"start": 0, "end": 4, "blocks": False, **place}],
        "answer": [{"start": 3, "end": 7, "blocks": True, **place}],
    }
    assert not Article.objects.exists()


def test_a_check_that_is_not_understood_says_so(editor: Client, shop: Shop, other_shop: Shop) -> None:
    assert ask(editor, shop=other_shop.pk, texts={})[0] == 404
    for wrong in (
        {},
        {"shop": "x", "texts": {}},
        {"shop": float("inf"), "texts": {}},
        {"shop": shop.pk, "texts": {"answer": 5}},
    ):
        status, told = ask(editor, **wrong)
        assert (status, told["error"]["code"]) == (400, "kb.unreadable-texts")
    status, told = ask(editor, shop=shop.pk, texts={"answer": "x" * 4001})
    assert told["error"]["code"] == "kb.answer-too-long"


def test_a_check_needs_the_pages_token(lin: User, shop: Shop) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lin)

    assert strict.post(reverse("kb:check_wording"), "{}", "application/json").status_code == 403
