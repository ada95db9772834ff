"""A wrong version is taken back from everybody who was told it, once each, where he will see it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_q.models import OrmQ

from chat.actions.recalling import NobodyToTell, NothingToSay, RecallUnderWay, recall, run_recall
from chat.learning.told import Extent, Window, live_window, told
from chat.models import Author, Conversation, JobState, Recall, State
from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Customer, Shop
from cscore.compliance.actions import NotSayable
from kb.models import ArticleVersion
from tests.factories import MONDAY_9AM, make_conversation, make_message
from tests.kb.articles import published
from tickets.models import Ticket

NEXT_DAY = MONDAY_9AM + timedelta(days=1)
ALWAYS = Window(MONDAY_9AM - timedelta(days=30), NEXT_DAY)


@pytest.fixture
def version(shop: Shop, lin: User) -> ArticleVersion:
    return published(shop, lin, answer="It takes two hours, everywhere.")


def tells(
    shop: Shop,
    version: ArticleVersion,
    *,
    at: datetime = MONDAY_9AM,
    message: dict[str, Any] | None = None,
    **fields: Any,
) -> Conversation:
    """A conversation in which the bot said the version."""
    conversation = make_conversation(shop=shop, **fields)
    said = {"author": Author.BOT, "sender_key": "bot", "body": version.answer, "article_version": version}
    make_message(conversation=conversation, at=at, **said | (message or {}))
    return conversation


def asked(version: ArticleVersion, by: User, **fields: Any) -> Recall:
    fields = {"window": ALWAYS, "body": "It takes two to four days.", "with_tickets": False} | fields
    return recall(version=version, by=by, **{"at": NEXT_DAY} | fields)


def recalled(version: ArticleVersion, by: User, **fields: Any) -> Recall:
    found = asked(version, by, **fields)
    run_recall(found.pk)
    found.refresh_from_db()
    return found


# --- Who was told -------------------------------------------------------------------------------------------


def test_everyone_who_was_told_is_found_with_how_often_and_by_whom(
    shop: Shop, version: ArticleVersion, li: Customer, mei: User
) -> None:
    twice = tells(shop, version, customer=li)
    make_message(
        conversation=twice, author=Author.BOT, sender_key="bot", body="Again", article_version=version
    )
    by_agent = make_conversation(shop=shop)
    make_message(
        conversation=by_agent, author=Author.AGENT, agent=mei, sender_key="a", body=f"Hi! {version.answer}"
    )
    make_message(conversation=make_conversation(shop=shop), author=Author.BOT, sender_key="bot", body="Hello")

    found = told(version, ALWAYS)

    assert {(one.conversation, one.times, one.by_bot, one.by_agent) for one in found} == {
        (twice, 2, True, False),
        (by_agent, 1, False, True),
    }
    assert Extent.of(found) == Extent(conversations=2, people=2, by_bot=1, by_agent=1, waiting=2)


def test_an_answer_among_several_in_one_message_counts(shop: Shop, version: ArticleVersion) -> None:
    source = {"kind": "source", "article": version.article.key, "version": version.number, "question": "?"}
    other = source | {"version": version.number + 1}
    here = tells(shop, version, message={"article_version": None, "parts": [source]})
    tells(shop, version, message={"article_version": None, "parts": [other]})

    assert [one.conversation for one in told(version, ALWAYS)] == [here]


def test_the_window_leaves_out_who_was_told_before_or_after(shop: Shop, version: ArticleVersion) -> None:
    inside = tells(shop, version, at=MONDAY_9AM)
    tells(shop, version, at=MONDAY_9AM - timedelta(hours=1))
    tells(shop, version, at=MONDAY_9AM + timedelta(hours=1))

    window = Window(MONDAY_9AM, MONDAY_9AM + timedelta(minutes=1))
    assert [one.conversation for one in told(version, window)] == [inside]


def test_the_window_begins_when_the_version_first_went_live(version: ArticleVersion) -> None:
    assert live_window(version, NEXT_DAY) == Window(MONDAY_9AM, NEXT_DAY)


# --- Taking back --------------------------------------------------------------------------------------------


def test_each_of_them_is_told_what_is_right(
    shop: Shop, version: ArticleVersion, omar: User
) -> None:  # fmt: skip
    one, other = tells(shop, version), tells(shop, version, state=State.CLOSED, closed_at=MONDAY_9AM)

    found = recalled(version, omar)

    assert found.state == JobState.DONE
    for conversation in (one, other):
        last = conversation.messages.latest("seq")
        assert (last.author, last.seq) == (Author.SYSTEM, 2)
        assert "It takes two to four days." in last.body
    other.refresh_from_db()
    assert other.state == State.CLOSED
    assert AuditEntry.objects.filter(verb="chat.recall", by=omar).count() == 1


def test_who_waits_for_a_person_goes_on_waiting(shop: Shop, version: ArticleVersion, omar: User) -> None:
    waiting = tells(shop, version, state=State.WAITING, waiting_since=MONDAY_9AM, unanswered_since=MONDAY_9AM)

    recalled(version, omar)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.unanswered_since) == (State.WAITING, MONDAY_9AM)


def test_who_has_talked_on_is_told_in_his_newest_conversation_once(
    shop: Shop, version: ArticleVersion, omar: User
) -> None:
    first = tells(shop, version, state=State.CLOSED, closed_at=MONDAY_9AM)
    second = tells(shop, version, visitor=first.visitor, opened_at=MONDAY_9AM + timedelta(hours=1))

    found = recalled(version, omar)

    assert found.corrections.count() == 2
    assert first.messages.count() == 1
    assert second.messages.filter(author=Author.SYSTEM).count() == 1


def test_a_wider_recall_in_the_same_words_tells_nobody_twice(
    shop: Shop, version: ArticleVersion, omar: User
) -> None:
    first = tells(shop, version, state=State.CLOSED, closed_at=MONDAY_9AM)
    later = MONDAY_9AM + timedelta(hours=1)
    second = tells(
        shop, version, visitor=first.visitor, opened_at=later, at=later, message={"body": "Told again"}
    )
    recalled(version, omar, window=Window(MONDAY_9AM, later))

    recalled(version, omar)

    assert second.messages.filter(author=Author.SYSTEM).count() == 1


def test_running_twice_tells_nobody_twice(shop: Shop, version: ArticleVersion, omar: User) -> None:
    conversation = tells(shop, version)
    found = recalled(version, omar)
    Recall.objects.update(state=JobState.RUNNING)

    run_recall(found.pk)

    assert conversation.messages.filter(author=Author.SYSTEM).count() == 1


def test_a_recall_that_was_broken_off_goes_on_where_it_stood(
    shop: Shop, version: ArticleVersion, omar: User
) -> None:
    one, other = tells(shop, version), tells(shop, version, at=MONDAY_9AM + timedelta(minutes=1))
    found = recall(
        version=version, window=ALWAYS, body="Four days.", with_tickets=False, by=omar, at=NEXT_DAY
    )
    found.corrections.create(
        conversation=one, message=make_message(conversation=one, body="Four days."), at=NEXT_DAY
    )

    assert run_recall(found.pk) == "1 conversations corrected"
    assert other.messages.filter(author=Author.SYSTEM).count() == 1


def test_a_ticket_for_each_instead(shop: Shop, version: ArticleVersion, omar: User, li: Customer) -> None:
    conversation = tells(shop, version, customer=li)

    recalled(version, omar, with_tickets=True)

    ticket = Ticket.objects.get()
    assert (ticket.kind, ticket.customer, list(ticket.conversations.all())) == (
        "callback",
        li,
        [conversation],
    )
    assert "It takes two to four days." in ticket.reason
    assert conversation.messages.count() == 1


def test_who_was_corrected_already_is_left_alone(shop: Shop, version: ArticleVersion, omar: User) -> None:
    tells(shop, version)
    recalled(version, omar)

    with pytest.raises(NobodyToTell):
        recalled(version, omar)


def test_a_correction_has_words(shop: Shop, version: ArticleVersion, omar: User) -> None:
    tells(shop, version)

    with pytest.raises(NothingToSay):
        recalled(version, omar, body="  ")


def test_a_correction_keeps_the_wording_rules(shop: Shop, version: ArticleVersion, omar: User) -> None:
    conversation = tells(shop, version)

    with pytest.raises(NotSayable):
        recalled(version, omar, body="我们是国家级品牌，两小时到。")

    assert conversation.messages.count() == 1
    assert not Recall.objects.exists()


def test_two_recalls_of_one_version_do_not_run_at_once(
    shop: Shop, version: ArticleVersion, omar: User
) -> None:
    tells(shop, version)
    asked(version, omar)

    with pytest.raises(RecallUnderWay):
        asked(version, omar, body="Five days.")


# --- The page -----------------------------------------------------------------------------------------------


@pytest.fixture
def lead(client: Client, omar: User) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(omar)
    return client


def page_of(version: ArticleVersion, door: str = "recall") -> str:
    return reverse(f"chat:{door}", args=[version.article_id, version.number])


def sent(**more: str) -> dict[str, str]:
    asked = {"told_from": "2020-01-01T00:00", "told_until": "2040-01-01T00:00"}
    return asked | {"body": "It takes two to four days.", "how": "message"} | more


def test_the_page_counts_the_people_and_names_them(
    lead: Client, shop: Shop, version: ArticleVersion, li: Customer
) -> None:
    tells(shop, version, customer=li)

    page = lead.get(page_of(version))

    assert page.context["extent"].people == 1
    assert li.name in page.content.decode()
    assert li.external_id in lead.get(page_of(version, "recall_csv")).content.decode()


def test_before_anything_is_sent_the_number_of_people_is_shown(
    lead: Client, shop: Shop, version: ArticleVersion
) -> None:
    tells(shop, version)
    tells(shop, version)

    page = lead.post(page_of(version, "recall_start"), sent()).content.decode()

    assert "Send this to 2 people" in page
    assert not Recall.objects.exists()


def test_confirmed_it_runs_in_the_background_and_the_page_shows_how_far(
    lead: Client, shop: Shop, version: ArticleVersion
) -> None:
    tells(shop, version)

    page = lead.post(page_of(version, "recall_start"), sent(confirmed="yes"), follow=True).content.decode()

    found = Recall.objects.get()
    state = reverse("chat:recall_state", args=[found.pk])
    assert OrmQ.objects.filter().count() >= 1
    assert state in page
    assert lead.get(state).json() == {"state": "queued", "done": 0, "total": 1}
    run_recall(found.pk)
    assert lead.get(state).json() == {"state": "done", "done": 1, "total": 1}


def test_asking_how_far_it_is_does_not_look_for_everybody_again(
    lead: Client, shop: Shop, version: ArticleVersion, omar: User
) -> None:
    tells(shop, version)
    found = recall(
        version=version, by=omar, at=NEXT_DAY, window=ALWAYS, body="Two to four days.", with_tickets=False
    )
    address = reverse("chat:recall_state", args=[found.pk])

    with CaptureQueriesContext(connection) as asked:
        lead.get(address)

    assert [query for query in asked if "chat_message" in query["sql"]] == []


def test_words_that_may_not_be_said_are_refused_on_the_form(
    lead: Client, shop: Shop, version: ArticleVersion
) -> None:
    tells(shop, version)

    page = lead.post(
        page_of(version, "recall_start"), sent(body="我们是国家级品牌，两小时到。")
    ).content.decode()

    assert "may not be said to customers" in page


def test_nobody_told_is_said_in_words(lead: Client, version: ArticleVersion) -> None:
    assert "Nobody was told this version" in lead.get(page_of(version)).content.decode()


@pytest.mark.parametrize("door", ["recall", "recall_csv"])
def test_a_foreign_version_is_missing(
    lead: Client, other_shop: Shop, lin: User, shop: Shop, door: str
) -> None:
    foreign = published(other_shop, lin)

    assert lead.get(page_of(foreign, door)).status_code == 404
