"""Each move of a ticket is told in its conversation: as it was, and as of its own time."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from tests.factories import MONDAY_9AM, make_conversation, make_ticket
from tickets import actions
from tickets.rules import State

pytestmark = pytest.mark.django_db


def test_two_moves_in_one_transaction_are_two_different_pieces_of_news(
    shop: Shop, mei: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    conversation, ticket = make_conversation(shop=shop), make_ticket(shop=shop)
    conversation.tickets.add(ticket)
    later = MONDAY_9AM + timedelta(hours=5)

    with django_capture_on_commit_callbacks(execute=True):
        moved = actions.move(ticket=ticket, to=State.WORKING, by=mei, at=MONDAY_9AM)
        actions.move(ticket=moved, to=State.SOLVED, by=mei, at=later)

    told = [(message.parts[0]["state"], message.at) for message in conversation.messages.order_by("seq")]
    assert told == [("working", MONDAY_9AM), ("solved", later)]
