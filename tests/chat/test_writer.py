"""One number each, once, whatever happens at the same time."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from chat import actions
from chat.models import Author, Conversation, Message, Visitor
from chat.writer import AlreadySentDifferently, Draft, append, lock
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from tests.factories import MONDAY_9AM


@pytest.fixture
def visitor(shop: Shop) -> Visitor:
    return actions.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM).visitor


def at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Runs the jobs in threads that start together; returns what each returned or raised."""
    barrier = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return job()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def numbers(conversation: Conversation) -> list[int]:
    return list(conversation.messages.order_by("seq").values_list("seq", flat=True))


@pytest.mark.django_db(transaction=True)
def test_messages_sent_at_once_get_numbers_without_holes(visitor: Visitor) -> None:
    conversation = actions.start(visitor=visitor, at=MONDAY_9AM)

    at_once(
        [
            lambda number=number: actions.hear_customer(
                visitor=visitor, client_id=uuid.uuid4(), body=f"message {number}", at=MONDAY_9AM
            )
            for number in range(8)
        ]
    )

    conversation.refresh_from_db()
    said = conversation.messages.filter(author=Author.CUSTOMER)
    assert sorted(said.values_list("body", flat=True)) == [f"message {number}" for number in range(8)]
    assert numbers(conversation) == list(range(1, conversation.last_seq + 1))


@pytest.mark.django_db(transaction=True)
def test_one_message_resent_at_once_is_stored_once(visitor: Visitor) -> None:
    client_id = uuid.uuid4()

    heard = at_once(
        [
            lambda: actions.hear_customer(visitor=visitor, client_id=client_id, body="hello", at=MONDAY_9AM)
            for _ in range(8)
        ]
    )

    assert len({one.message.pk for one in heard}) == 1
    assert Message.objects.filter(author=Author.CUSTOMER).count() == 1
    assert Conversation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_agents_who_take_at_once_leave_one_winner(visitor: Visitor, mei: User, omar: User) -> None:
    actions.set_presence(agent=mei, available=True, capacity=5, at=MONDAY_9AM)
    conversation = actions.ask_for_person(visitor=visitor, client_id=uuid.uuid4(), at=MONDAY_9AM).conversation

    outcomes = at_once(
        [lambda by=by: actions.take(conversation=conversation, by=by, at=MONDAY_9AM) for by in (mei, omar)]
    )

    refused = [one for one in outcomes if isinstance(one, Refusal)]
    conversation.refresh_from_db()
    assert [problem.code for problem in refused] == ["taken"]
    assert conversation.agent in {mei, omar}
    assert numbers(conversation) == list(range(1, conversation.last_seq + 1))


def test_a_resend_is_answered_with_the_first_message(visitor: Visitor) -> None:
    client_id = uuid.uuid4()
    first = actions.hear_customer(visitor=visitor, client_id=client_id, body="hello", at=MONDAY_9AM)

    later = MONDAY_9AM + timedelta(days=30)
    again = actions.hear_customer(visitor=visitor, client_id=client_id, body="hello", at=later)

    assert again.message.pk == first.message.pk
    assert again.message.at == MONDAY_9AM


def test_the_same_id_with_another_text_is_a_conflict_and_changes_nothing(visitor: Visitor) -> None:
    client_id = uuid.uuid4()
    actions.hear_customer(visitor=visitor, client_id=client_id, body="hello", at=MONDAY_9AM)

    with pytest.raises(AlreadySentDifferently):
        actions.hear_customer(visitor=visitor, client_id=client_id, body="goodbye", at=MONDAY_9AM)

    assert list(Message.objects.filter(author=Author.CUSTOMER).values_list("body", flat=True)) == ["hello"]


def test_a_resend_after_the_conversation_was_closed_opens_no_new_one(visitor: Visitor) -> None:
    client_id = uuid.uuid4()
    first = actions.hear_customer(visitor=visitor, client_id=client_id, body="hello", at=MONDAY_9AM)
    actions.close(conversation=first.conversation, by=None, at=MONDAY_9AM)

    again = actions.hear_customer(visitor=visitor, client_id=client_id, body="hello", at=MONDAY_9AM)

    assert again.conversation == first.conversation
    assert Conversation.objects.count() == 1


def test_the_same_id_of_another_visitor_is_another_message(shop: Shop, visitor: Visitor) -> None:
    other = actions.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM).visitor
    client_id = uuid.uuid4()

    one = actions.hear_customer(visitor=visitor, client_id=client_id, body="hello", at=MONDAY_9AM)
    two = actions.hear_customer(visitor=other, client_id=client_id, body="hi", at=MONDAY_9AM)

    assert one.message.pk != two.message.pk


def test_a_failure_in_the_turn_leaves_neither_message_nor_number(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = actions.start(visitor=visitor, at=MONDAY_9AM)
    monkeypatch.setattr("chat.actions.hearing.follow", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        actions.hear_customer(visitor=visitor, client_id=uuid.uuid4(), body="hello", at=MONDAY_9AM)

    conversation.refresh_from_db()
    assert (conversation.last_seq, numbers(conversation)) == (0, [])


def test_replies_know_how_long_the_earliest_question_waited(visitor: Visitor, mei: User) -> None:
    conversation = actions.start(visitor=visitor, at=MONDAY_9AM)
    minute = timedelta(minutes=1)

    with transaction.atomic():
        locked = lock(conversation.pk)
        append(locked, [Draft(Author.CUSTOMER, "visitor:1", "first")], at=MONDAY_9AM)
        append(locked, [Draft(Author.CUSTOMER, "visitor:1", "second")], at=MONDAY_9AM + minute)
        append(locked, [Draft(Author.SYSTEM, "system", "wait")], at=MONDAY_9AM + 2 * minute)
        reply = append(locked, [Draft(Author.AGENT, "agent:1", "yes?")], at=MONDAY_9AM + 3 * minute)[0]
        more = append(locked, [Draft(Author.AGENT, "agent:1", "still there?")], at=MONDAY_9AM + 9 * minute)[0]

    assert (reply.reply_seconds, more.reply_seconds) == (180.0, None)
    assert locked.unanswered_since is None


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused(visitor: Visitor) -> None:
    conversation = actions.start(visitor=visitor, at=MONDAY_9AM)

    with pytest.raises(transaction.TransactionManagementError):
        lock(conversation.pk)
