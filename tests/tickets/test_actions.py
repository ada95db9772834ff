from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Customer, Order, Shop
from tests.factories import MONDAY_9AM, make_customer, make_order, make_ticket
from tickets import actions
from tickets.models import EventVerb, Kind, Origin, Priority, State, Ticket
from tickets.signals import ticket_moved

HOUR = timedelta(hours=1)


def opened(shop: Shop, **fields: Any) -> Ticket:
    told: dict[str, Any] = {
        "kind": Kind.DAMAGED,
        "reason": "The pole snapped.",
        "customer": None,
        "order": None,
        "item": None,
        "origin": Origin.BOT,
        "origin_ref": "",
        "by": None,
        "at": MONDAY_9AM,
    }
    return actions.open_ticket(shop=shop, **told | fields)


def test_a_ticket_knows_its_customer_order_item_and_deadline(shop: Shop, li: Customer, order: Order) -> None:
    item = order.lines.first()

    ticket = opened(shop, customer=li, order=order, item=item, reason="  The pole snapped. ")

    assert (ticket.customer, ticket.order, ticket.item) == (li, order, item)
    assert ticket.reason == "The pole snapped."
    assert ticket.state == State.NEW
    assert ticket.priority == Priority.URGENT
    assert ticket.due_at == MONDAY_9AM + 6 * HOUR


def test_numbers_count_up_in_each_shop(shop: Shop, other_shop: Shop) -> None:
    numbers = [opened(where).number for where in (shop, shop, other_shop, shop)]

    assert numbers == ["T000001", "T000002", "T000001", "T000003"]


def test_a_ticket_without_a_customer_is_the_orders(shop: Shop, li: Customer, order: Order) -> None:
    assert opened(shop, order=order).customer == li


def test_a_priority_that_is_said_is_kept(shop: Shop) -> None:
    ticket = opened(shop, kind=Kind.RETURN, priority=Priority.LOW)

    assert ticket.priority == Priority.LOW
    assert ticket.due_at == MONDAY_9AM + 48 * HOUR


def test_opening_writes_history_and_one_audit_line(shop: Shop, mei: User) -> None:
    ticket = opened(shop, by=mei)

    assert [(event.verb, event.by) for event in ticket.events.all()] == [(EventVerb.OPENED, mei)]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.shop_key, entry.object_text) == (
        "tickets.open",
        mei,
        shop.key,
        "T000001",
    )


def test_a_customer_of_another_shop_is_refused(other_shop: Shop, li: Customer) -> None:
    with pytest.raises(actions.ForeignCustomer):
        opened(other_shop, customer=li)


def test_an_order_of_another_shop_is_refused(other_shop: Shop, order: Order) -> None:
    with pytest.raises(actions.ForeignCustomer):
        opened(other_shop, order=order)


def test_an_order_of_another_customer_is_refused(shop: Shop, order: Order) -> None:
    neighbour = make_customer(shop=shop)

    with pytest.raises(actions.ForeignOrder):
        opened(shop, customer=neighbour, order=order)


def test_an_item_of_another_order_is_refused(shop: Shop, li: Customer, order: Order) -> None:
    another = make_order(customer=li)

    with pytest.raises(actions.ForeignItem):
        opened(shop, customer=li, order=order, item=another.lines.first())


def test_an_item_without_its_order_is_refused(shop: Shop, li: Customer, order: Order) -> None:
    with pytest.raises(actions.ForeignItem):
        opened(shop, customer=li, item=order.lines.first())


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"reason": "   "}, actions.NothingSaid),
        ({"reason": "x" * 501}, actions.TooLong),
        ({"kind": "party"}, actions.UnknownKind),
    ],
)
def test_a_ticket_about_nothing_is_refused(shop: Shop, told: dict[str, str], refusal: type) -> None:
    with pytest.raises(refusal):
        opened(shop, **told)

    assert not Ticket.objects.exists()


def test_a_refused_ticket_uses_up_no_number(shop: Shop) -> None:
    with pytest.raises(actions.NothingSaid):
        opened(shop, reason="")

    assert opened(shop).number == "T000001"


@pytest.fixture
def listening() -> Iterator[Callable[[Callable[..., None]], None]]:
    """Connects a receiver to the moves of tickets for one test."""
    connected: list[Callable[..., None]] = []

    def listen(receiver: Callable[..., None]) -> None:
        connected.append(receiver)
        ticket_moved.connect(receiver)

    yield listen
    for receiver in connected:
        ticket_moved.disconnect(receiver)


def test_moving_writes_state_history_and_audit_and_tells_the_floors_above(
    shop: Shop, mei: User, listening: Callable[[Callable[..., None]], None]
) -> None:
    ticket = make_ticket(shop=shop)
    heard: list[int] = []

    def hear(sender: type[Ticket], *, ticket_id: int, **_more: object) -> None:
        heard.append(ticket_id)

    listening(hear)

    actions.move(ticket=ticket, to=State.WAITING_SUPPLIER, by=mei, at=MONDAY_9AM, note="Asked SF.")

    assert heard == [ticket.pk]
    assert ticket.state == State.WAITING_SUPPLIER
    event = ticket.events.get()
    assert (event.from_state, event.to_state, event.note) == (
        State.NEW,
        State.WAITING_SUPPLIER,
        "Asked SF.",
    )
    assert AuditEntry.objects.get().details == {"from_state": "new", "to_state": "waiting_supplier"}


def test_a_move_whose_news_cannot_be_stored_is_not_made(
    shop: Shop, mei: User, listening: Callable[[Callable[..., None]], None]
) -> None:
    ticket = make_ticket(shop=shop)

    def stumble(sender: type[Ticket], **_more: object) -> None:
        raise LookupError("no chat")

    listening(stumble)

    with pytest.raises(LookupError, match="no chat"):
        actions.move(ticket=ticket, to=State.WAITING_SUPPLIER, by=mei, at=MONDAY_9AM)

    ticket.refresh_from_db()
    assert ticket.state == State.NEW
    assert not ticket.events.exists()


def test_a_move_that_the_table_does_not_allow_is_refused(shop: Shop, mei: User) -> None:
    ticket = make_ticket(shop=shop, state=State.CLOSED)

    with pytest.raises(actions.BadMove):
        actions.move(ticket=ticket, to=State.WORKING, by=mei, at=MONDAY_9AM)


def test_a_move_to_nowhere_is_refused(shop: Shop, mei: User) -> None:
    with pytest.raises(actions.BadMove):
        actions.move(ticket=make_ticket(shop=shop), to="paradise", by=mei, at=MONDAY_9AM)


def test_of_two_people_who_move_at_once_one_wins_and_the_other_is_told(
    shop: Shop, mei: User, omar: User
) -> None:
    ticket = make_ticket(shop=shop)
    as_mei_read_it, as_omar_read_it = (Ticket.objects.get(pk=ticket.pk) for _ in range(2))

    actions.move(ticket=as_mei_read_it, to=State.SOLVED, by=mei, at=MONDAY_9AM)
    with pytest.raises(actions.MovedMeanwhile) as refusal:
        actions.move(ticket=as_omar_read_it, to=State.WORKING, by=omar, at=MONDAY_9AM)

    assert refusal.value.code == "bad-move"
    ticket.refresh_from_db()
    assert ticket.state == State.SOLVED
    assert ticket.events.count() == 1


def test_who_begins_to_work_on_a_free_ticket_has_it(shop: Shop, mei: User, omar: User) -> None:
    free, taken = make_ticket(shop=shop), make_ticket(shop=shop, assigned_to=omar)

    for ticket in (free, taken):
        actions.move(ticket=ticket, to=State.WORKING, by=mei, at=MONDAY_9AM)

    assert (free.assigned_to, taken.assigned_to) == (mei, omar)


def test_the_time_the_customer_took_is_added_to_the_deadline(shop: Shop, mei: User) -> None:
    ticket = make_ticket(shop=shop)
    actions.move(ticket=ticket, to=State.WAITING_CUSTOMER, by=mei, at=MONDAY_9AM + HOUR)

    actions.move(ticket=ticket, to=State.WORKING, by=mei, at=MONDAY_9AM + 6 * HOUR)

    assert ticket.due_at == MONDAY_9AM + 29 * HOUR


def test_solving_notes_the_time_and_reopening_takes_it_back(shop: Shop, mei: User) -> None:
    ticket = make_ticket(shop=shop)

    actions.move(ticket=ticket, to=State.SOLVED, by=mei, at=MONDAY_9AM + HOUR)
    assert ticket.solved_at == MONDAY_9AM + HOUR

    actions.move(ticket=ticket, to=State.WORKING, by=mei, at=MONDAY_9AM + 48 * HOUR)
    assert ticket.solved_at is None
    assert ticket.due_at == MONDAY_9AM + 72 * HOUR


def test_closing_a_solved_ticket_keeps_when_it_was_solved(shop: Shop, mei: User) -> None:
    ticket = make_ticket(shop=shop)
    actions.move(ticket=ticket, to=State.SOLVED, by=mei, at=MONDAY_9AM)

    actions.move(ticket=ticket, to=State.CLOSED, by=mei, at=MONDAY_9AM + HOUR)

    assert ticket.solved_at == MONDAY_9AM


def test_a_note_is_history_and_audited_without_its_text(shop: Shop, mei: User) -> None:
    ticket = make_ticket(shop=shop)

    actions.add_note(ticket=ticket, note=" He is right. ", by=mei, at=MONDAY_9AM)

    assert ticket.events.get().note == "He is right."
    assert AuditEntry.objects.get().details == {}


def test_an_empty_note_is_refused(shop: Shop, mei: User) -> None:
    with pytest.raises(actions.NothingSaid):
        actions.add_note(ticket=make_ticket(shop=shop), note=" \n", by=mei, at=MONDAY_9AM)


def test_a_ticket_is_given_to_a_colleague_and_back_to_nobody(shop: Shop, mei: User, omar: User) -> None:
    ticket = make_ticket(shop=shop)

    actions.assign(ticket=ticket, to=mei, by=omar, at=MONDAY_9AM)
    actions.assign(ticket=ticket, to=None, by=omar, at=MONDAY_9AM)

    assert ticket.assigned_to is None
    assert [event.assigned_to for event in ticket.events.order_by("pk")] == [mei, None]
    assert [entry.details["to"] for entry in AuditEntry.objects.order_by("pk")] == ["mei", None]


def test_nobody_from_elsewhere_and_nobody_without_the_right_gets_a_ticket(
    shop: Shop, mei: User, vera: User, zhou: User
) -> None:
    ticket = make_ticket(shop=shop)

    for stranger in (vera, zhou):
        with pytest.raises(actions.NotOnTheTeam):
            actions.assign(ticket=ticket, to=stranger, by=mei, at=MONDAY_9AM)
