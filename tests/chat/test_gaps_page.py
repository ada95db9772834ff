"""The page of gaps: the costliest first, each closed with one click."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_q.models import OrmQ, Success

from chat.models import Gap, GapQuestion, GapState
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from kb.models import Article
from tests.factories import make_conversation, make_message
from tests.kb.articles import neighbours, published

PAGE = reverse("chat:gaps")


@pytest.fixture
def editor(client: Client, lin: User) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(lin)
    return client


def make_gap(shop: Shop, question: str, *, minutes: float = 2.0, days_ago: int = 1, **fields: object) -> Gap:
    at = clock.now() - timedelta(days=days_ago)
    texts = {"examples": [{"text": question, "conversation": str(uuid4())}], "reasons": {"unanswered": 1}}
    gap = Gap.objects.create(
        shop=shop, question=question, count=1, customers=1, minutes=minutes, first_at=at, last_at=at,
        **texts | fields,
    )  # fmt: skip
    message = make_message(conversation=make_conversation(shop=shop), body=question, at=at)
    GapQuestion.objects.create(gap=gap, message=message, reason="unanswered", minutes=minutes)
    return gap


def test_the_costliest_gap_comes_first(editor: Client, shop: Shop) -> None:
    make_gap(shop, "Do you engrave?", minutes=2)
    make_gap(shop, "Do you sell gas?", minutes=9)

    page = editor.get(PAGE)

    assert [row.gap.question for row in page.context["rows"]] == ["Do you sell gas?", "Do you engrave?"]
    assert page.context["totals"].minutes == 11


def test_figures_are_of_the_period_asked_for(editor: Client, shop: Shop) -> None:
    make_gap(shop, "Do you engrave?", days_ago=20)

    assert editor.get(PAGE, {"days": 7}).context["totals"].gaps == 0
    assert editor.get(PAGE, {"days": 30}).context["totals"].questions == 1


def test_without_gaps_the_page_says_what_to_do(editor: Client, shop: Shop) -> None:
    assert "Look again" in editor.get(PAGE).content.decode()


def test_a_list_of_gaps_takes_as_many_queries_as_one(editor: Client, shop: Shop, lin: User) -> None:
    published(shop, lin)
    make_gap(shop, "Do you engrave?")
    make_gap(shop, "Do you sell gas?")
    editor.get(PAGE)
    with CaptureQueriesContext(connection) as two:
        editor.get(PAGE)
    for number in range(6):
        make_gap(shop, f"Question {number}?")

    with CaptureQueriesContext(connection) as eight:
        editor.get(PAGE)

    assert len(eight) == len(two)


def test_what_the_bot_knows_by_now_is_said(editor: Client, shop: Shop, lin: User) -> None:
    published(shop, lin, question="Do you engrave?")
    make_gap(shop, "Do you engrave?")

    assert "The bot would answer this by now with" in editor.get(PAGE).content.decode()


def test_what_the_bot_knows_in_one_wording_only_is_not_called_known(
    editor: Client, shop: Shop, lin: User
) -> None:
    published(shop, lin, question="Do you engrave?")
    examples = [
        {"text": text, "conversation": str(uuid4())}
        for text in ("Do you engrave?", "Lasering my logo on it?")
    ]
    make_gap(shop, "Do you engrave?", examples=examples)

    assert "The bot would answer this by now with" not in editor.get(PAGE).content.decode()


def test_an_answer_that_was_thumbed_down_is_not_what_the_bot_knows_by_now(
    editor: Client, shop: Shop, lin: User
) -> None:
    published(shop, lin, question="Do you engrave?")
    later = clock.now() + timedelta(minutes=1)
    gap = make_gap(shop, "Do you engrave?", reasons={"unanswered": 1, "thumbed_down": 1})
    Gap.objects.filter(pk=gap.pk).update(last_at=later)

    assert "The bot would answer this by now with" not in editor.get(PAGE).content.decode()


def test_one_click_makes_a_draft_and_opens_it(editor: Client, shop: Shop) -> None:
    gap = make_gap(
        shop, "Do you engrave?", replies=[{"text": "Yes, twelve letters.", "worth": 2, "conversation": ""}]
    )

    response = editor.post(reverse("chat:gap_draft", args=[gap.pk]))

    article = Article.objects.get()
    assert response["Location"] == reverse("admin:kb_article_change", args=[article.pk])
    assert article.latest_version
    assert article.latest_version.answer == "Yes, twelve letters."
    assert editor.get(PAGE).context["totals"].gaps == 0
    assert editor.get(PAGE, {"list": "decided"}).context["totals"].gaps == 1


@pytest.mark.parametrize("how", ["chosen", "by key", "by question"])
def test_one_click_adds_a_phrasing_to_the_article(editor: Client, shop: Shop, lin: User, how: str) -> None:
    neighbours(shop, lin)
    gap, article = make_gap(shop, "Send me a bill"), Article.objects.get(key="invoice")
    sent = {
        "chosen": {"article": article.pk, "named": ""},
        "by key": {"named": "invoice"},
        "by question": {"named": "How do I get an invoice?"},
    }[how]

    response = editor.post(reverse("chat:gap_phrasing", args=[gap.pk]), sent, follow=True)

    article.refresh_from_db()
    assert article.latest_version
    assert "Send me a bill" in article.latest_version.phrasings
    page = response.content.decode()
    assert "Added to the draft" in page
    assert f'href="{reverse("admin:kb_article_change", args=[article.pk])}">Open the draft<' in page


@pytest.mark.parametrize("named", ["nothing", "foreign"])
def test_an_article_that_is_not_there_is_refused(
    editor: Client, shop: Shop, other_shop: Shop, lin: User, named: str
) -> None:
    make_article_of(other_shop)
    gap = make_gap(shop, "Send me a bill")

    response = editor.post(reverse("chat:gap_phrasing", args=[gap.pk]), {"named": named}, follow=True)

    assert "There is no article" in response.content.decode()
    gap.refresh_from_db()
    assert gap.state == GapState.OPEN


def make_article_of(shop: Shop) -> None:
    at = clock.now()
    shop.articles.create(key="foreign", created_at=at, updated_at=at)


def test_dismissed_is_decided_and_can_be_opened_again(editor: Client, shop: Shop) -> None:
    gap = make_gap(shop, "Do you engrave?")

    editor.post(reverse("chat:gap_dismiss", args=[gap.pk]))
    assert editor.get(PAGE).context["totals"].gaps == 0

    editor.post(reverse("chat:gap_reopen", args=[gap.pk]))
    assert editor.get(PAGE).context["totals"].gaps == 1


@pytest.mark.parametrize("door", ["gap_draft", "gap_phrasing", "gap_dismiss", "gap_reopen"])
def test_a_foreign_gap_is_missing(editor: Client, shop: Shop, other_shop: Shop, door: str) -> None:
    gap = make_gap(other_shop, "Do you engrave?")

    assert editor.post(reverse(f"chat:{door}", args=[gap.pk])).status_code == 404
    gap.refresh_from_db()
    assert gap.state == GapState.OPEN


def test_looking_again_is_a_job_that_the_page_waits_for(editor: Client, shop: Shop) -> None:
    response = editor.post(reverse("chat:gaps_look"), {"shop": shop.key})

    job = response["Location"].rpartition("look=")[2]
    assert OrmQ.objects.count() == 1
    assert "cs-replaying" in editor.get(response["Location"]).content.decode()
    state = reverse("chat:gaps_look_state", args=[shop.key, job])
    assert editor.get(state).json()["state"] == "running"

    at = clock.now()
    Success.objects.create(
        id=job,
        name=f"gaps of shop {shop.pk}",
        func="chat.tasks.find_gaps",
        started=at,
        stopped=at,
        success=True,
    )
    assert editor.get(state).json()["state"] == "done"
    assert "cs-replaying" not in editor.get(response["Location"]).content.decode()


def test_a_foreign_shop_is_not_looked_through(editor: Client, shop: Shop, other_shop: Shop) -> None:
    assert editor.post(reverse("chat:gaps_look"), {"shop": other_shop.key}).status_code == 404
    assert editor.get(PAGE, {"shop": other_shop.key}).status_code == 404
    assert OrmQ.objects.count() == 0
