import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Customer, Order, Shop
from cscore.common import clock
from tests.factories import make_conversation, make_customer, make_ticket
from tickets.models import Origin, State, Ticket

LIST = reverse("admin:tickets_ticket_changelist")
HOUR = timedelta(hours=1)


def page_of(ticket: Ticket) -> str:
    return reverse("admin:tickets_ticket_change", args=[ticket.pk])


def work(ticket: Ticket) -> str:
    return reverse("tickets:work", args=[ticket.pk])


def listed(client: Client, **asked: str) -> set[Ticket]:
    return set(client.get(LIST, asked).context["cl"].queryset)


@pytest.fixture
def at_desk(client: Client, mei: User) -> Client:
    client.force_login(mei)
    return client


def test_the_list_shows_open_work_unless_something_else_is_asked_for(
    shop: Shop, mei: User, at_desk: Client
) -> None:
    now = clock.now()
    calm = make_ticket(shop=shop, due_at=now + 24 * HOUR)
    late = make_ticket(shop=shop, due_at=now - HOUR, assigned_to=mei)
    soon = make_ticket(shop=shop, due_at=now + HOUR)
    stopped = make_ticket(shop=shop, due_at=now - HOUR, state=State.WAITING_CUSTOMER)
    done = make_ticket(shop=shop, state=State.CLOSED, number="T000042")

    assert listed(at_desk) == {calm, late, soon, stopped}
    assert listed(at_desk, work="late") == {late}
    assert listed(at_desk, work="soon") == {soon}
    assert listed(at_desk, work="mine") == {late}
    assert listed(at_desk, work="free") == {calm, soon, stopped}
    assert listed(at_desk, work="any") == {calm, late, soon, stopped, done}
    assert listed(at_desk, state__exact="closed") == {done}
    assert listed(at_desk, q="T000042") == {done}


@pytest.mark.parametrize("asked", ["number", "customer__name", "order__number"])
def test_search_finds_by_number_customer_and_order(
    shop: Shop, order: Order, at_desk: Client, asked: str
) -> None:
    ticket = make_ticket(shop=shop, customer=order.customer, order=order)
    make_ticket(shop=shop, customer=make_customer(shop=shop))
    words = {"number": ticket.number, "customer__name": "Li Na", "order__number": order.number}

    assert listed(at_desk, q=words[asked]) == {ticket}


def test_the_list_takes_as_many_queries_for_many_rows_as_for_one(
    shop: Shop, li: Customer, mei: User, at_desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_ticket(shop=shop, customer=li, assigned_to=mei)
    with django_assert_num_queries(6):
        at_desk.get(LIST)

    for _ in range(10):
        make_ticket(shop=shop, customer=make_customer(shop=shop), assigned_to=mei)
    with django_assert_num_queries(6):
        at_desk.get(LIST)


def test_the_page_offers_the_allowed_moves_alone(shop: Shop, at_desk: Client) -> None:
    solved = make_ticket(shop=shop, state=State.SOLVED)

    context = at_desk.get(page_of(solved)).context

    assert context["moves"] == (State.WORKING, State.CLOSED)


def test_who_only_reads_gets_no_buttons(shop: Shop, zhou: User, client: Client) -> None:
    client.force_login(zhou)
    ticket = make_ticket(shop=shop)

    assert work(ticket) not in client.get(page_of(ticket)).content.decode()
    assert client.post(work(ticket), {"to": "solved"}).status_code == 403


def test_nothing_below_the_page_reads_as_if_it_closed_the_ticket(shop: Shop, at_desk: Client) -> None:
    ticket = make_ticket(shop=shop, state=State.WORKING)

    page = at_desk.get(page_of(ticket), headers={"Accept-Language": "en"})

    assert not re.search(r">\s*Close\s*<", page.content.decode())


def test_one_click_moves_the_ticket_with_its_note(shop: Shop, mei: User, at_desk: Client) -> None:
    ticket = make_ticket(shop=shop)

    response = at_desk.post(work(ticket), {"to": "working", "note": "Asked the warehouse."}, follow=True)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.assigned_to) == (State.WORKING, mei)
    assert "Asked the warehouse." in response.content.decode()


def test_a_note_alone_moves_nothing(shop: Shop, at_desk: Client) -> None:
    ticket = make_ticket(shop=shop)

    at_desk.post(work(ticket), {"note": "He called again."})

    ticket.refresh_from_db()
    assert ticket.state == State.NEW
    assert ticket.events.get().note == "He called again."


@pytest.mark.parametrize("told", [{"to": "paradise"}, {"note": " "}, {"note": "x" * 2001, "to": "working"}])
def test_a_refusal_is_told_on_the_page_and_nothing_happens(
    shop: Shop, at_desk: Client, told: dict[str, str]
) -> None:
    ticket = make_ticket(shop=shop)

    response = at_desk.post(work(ticket), told, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not ticket.events.exists()


def test_moving_by_following_a_link_is_impossible(shop: Shop, at_desk: Client) -> None:
    ticket = make_ticket(shop=shop)

    assert at_desk.get(work(ticket), {"to": "solved"}).status_code == 405
    assert Client(enforce_csrf_checks=True).post(work(ticket), {"to": "solved"}).status_code == 403


def test_a_ticket_is_assigned_to_a_colleague_of_the_shop_alone(
    shop: Shop, omar: User, vera: User, at_desk: Client
) -> None:
    ticket = make_ticket(shop=shop)
    address = reverse("tickets:assign", args=[ticket.pk])

    at_desk.post(address, {"to": omar.pk})
    refused = at_desk.post(address, {"to": vera.pk}, follow=True)

    ticket.refresh_from_db()
    assert ticket.assigned_to == omar
    assert [message.level_tag for message in refused.context["messages"]][-1] == "error"


def test_many_tickets_are_taken_at_once(shop: Shop, mei: User, at_desk: Client) -> None:
    tickets = [make_ticket(shop=shop) for _ in range(3)]

    at_desk.post(LIST, {"action": "take", "_selected_action": [ticket.pk for ticket in tickets]})

    assert Ticket.objects.filter(assigned_to=mei).count() == 3


def test_nobody_takes_foreign_tickets(shop: Shop, vera: User, client: Client) -> None:
    ticket = make_ticket(shop=shop)
    client.force_login(vera)

    client.post(LIST, {"action": "take", "_selected_action": [ticket.pk]})

    ticket.refresh_from_db()
    assert ticket.assigned_to is None


def test_staff_open_a_ticket_by_hand(shop: Shop, order: Order, mei: User, at_desk: Client) -> None:
    told = {"shop": shop.pk, "kind": "return", "reason": "Too small.", "order": order.pk, "customer": ""}

    response = at_desk.post(reverse("admin:tickets_ticket_add"), told)

    assert response.status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.number, ticket.customer, ticket.origin) == ("T000001", order.customer, Origin.STAFF)
    assert AuditEntry.objects.get().verb == "tickets.open"


def test_an_order_of_somebody_else_is_refused_on_the_form(shop: Shop, order: Order, at_desk: Client) -> None:
    neighbour = make_customer(shop=shop)
    told = {"shop": shop.pk, "kind": "return", "reason": "Mine", "order": order.pk, "customer": neighbour.pk}

    response = at_desk.post(reverse("admin:tickets_ticket_add"), told)

    assert response.status_code == 200
    assert "__all__" in response.context["adminform"].form.errors
    assert not Ticket.objects.exists()


def test_what_customers_wrote_is_shown_as_text(shop: Shop, at_desk: Client) -> None:
    attack = "<img src=x onerror=alert(1)>"
    ticket = make_ticket(shop=shop, reason=attack, customer=make_customer(shop=shop, name=attack))
    at_desk.post(work(ticket), {"note": attack})

    for address in (LIST, page_of(ticket), reverse("admin:index")):
        page = at_desk.get(address).content.decode()
        assert attack not in page
        assert "&lt;img" in page


def test_the_conversation_is_linked_for_whoever_may_read_it(
    shop: Shop, mei: User, omar: User, zhou: User, client: Client
) -> None:
    conversation = make_conversation(shop=shop)
    ticket = make_ticket(shop=shop, origin_ref=str(conversation.pk))

    links = {}
    for person in (mei, omar, zhou):
        client.force_login(person)
        links[person.username] = client.get(page_of(ticket)).context["conversation_url"]

    assert links == {
        "mei": reverse("chat:transcript", args=[conversation.pk]),
        "omar": reverse("admin:chat_conversation_change", args=[conversation.pk]),
        "zhou": reverse("chat:transcript", args=[conversation.pk]),
    }
