from datetime import timedelta

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import NotFound
from tests.factories import MONDAY_9AM, make_ticket
from tickets import access, actions, queries, rules
from tickets.models import Kind, Priority, State, Ticket

HOUR = timedelta(hours=1)


def test_the_queue_is_open_work_of_my_shops_most_pressing_first(
    shop: Shop, other_shop: Shop, mei: User
) -> None:
    calm = make_ticket(shop=shop)
    urgent = make_ticket(shop=shop, priority=Priority.URGENT)
    older = make_ticket(shop=shop, due_at=MONDAY_9AM)
    make_ticket(shop=shop, state=State.CLOSED)
    make_ticket(shop=other_shop)

    assert list(queries.queue(mei)) == [urgent, older, calm]


def test_counts_take_one_query(
    shop: Shop, other_shop: Shop, mei: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_ticket(shop=shop, assigned_to=mei)
    make_ticket(shop=shop, due_at=MONDAY_9AM - HOUR)
    make_ticket(shop=shop, due_at=MONDAY_9AM - HOUR, state=State.WAITING_CUSTOMER)
    make_ticket(shop=other_shop, due_at=MONDAY_9AM - HOUR)

    with django_assert_num_queries(1):
        found = queries.counts(mei, MONDAY_9AM)

    assert found == queries.Counts(still_open=3, late=1, unassigned=2, mine=1)


def test_the_database_and_the_rule_agree_on_what_is_late(shop: Shop) -> None:
    for state in State:
        make_ticket(shop=shop, state=state, due_at=MONDAY_9AM - HOUR)
        make_ticket(shop=shop, state=state, due_at=MONDAY_9AM + HOUR)

    late = set(Ticket.objects.late(MONDAY_9AM))

    assert late == {t for t in Ticket.objects.all() if rules.is_late(t.state, t.due_at, MONDAY_9AM)}
    assert len(late) == 3


def test_history_is_in_order_of_time(shop: Shop, mei: User) -> None:
    ticket = make_ticket(shop=shop)
    actions.add_note(ticket=ticket, note="second", by=mei, at=MONDAY_9AM + HOUR)
    actions.add_note(ticket=ticket, note="first", by=mei, at=MONDAY_9AM)

    assert [event.note for event in queries.history(ticket)] == ["first", "second"]


def test_the_card_speaks_the_language_that_is_active(shop: Shop) -> None:
    ticket = make_ticket(shop=shop, number="T000007", kind=Kind.DAMAGED)

    with translation.override("en"):
        card = queries.ticket_card(ticket)
        fields, allowed = card.as_fields(), card.allowed()

    assert fields == {
        "number": "T000007",
        "kind": "damaged",
        "kind_name": "Damaged goods",
        "state": "new",
        "state_name": "New",
        "due_at": "2026-06-02T01:00:00+00:00",
    }
    assert allowed[0] == {"value": "working", "label": "Being worked on"}


def test_a_foreign_ticket_is_a_missing_ticket(shop: Shop, mei: User, vera: User) -> None:
    ticket = make_ticket(shop=shop)

    assert access.ticket_for(mei, ticket.pk) == ticket
    for key in (ticket.pk, 10**9):
        with pytest.raises(NotFound):
            access.ticket_for(vera, key)
