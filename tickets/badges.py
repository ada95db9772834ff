"""How states, priorities and deadlines look: a colour of the theme's badges and a few words."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.models import OPEN_STATES, Priority, State, Ticket
from tickets.rules import CLOCK_STOPS_IN, is_due_soon, is_late

Badge = tuple[str, str]

STATE_COLOUR = {
    State.NEW: "primary",
    State.WORKING: "info",
    State.WAITING_CUSTOMER: "",
    State.WAITING_SUPPLIER: "warning",
    State.SOLVED: "success",
    State.CLOSED: "",
}
PRIORITY_COLOUR = {
    Priority.LOW: "",
    Priority.NORMAL: "",
    Priority.HIGH: "warning",
    Priority.URGENT: "danger",
}


def state(ticket: Ticket) -> Badge:
    return STATE_COLOUR[State(ticket.state)], ticket.get_state_display()


def priority(ticket: Ticket) -> Badge:
    return PRIORITY_COLOUR[Priority(ticket.priority)], ticket.get_priority_display()


def due(ticket: Ticket, at: datetime) -> Badge:
    """Late and by how much, how long there is, or why nobody counts."""
    if ticket.state not in OPEN_STATES:
        return "", _("Done")
    if ticket.state in CLOCK_STOPS_IN:
        return "", _("Clock stopped")
    if is_late(ticket.state, ticket.due_at, at):
        return "danger", _("Late by %(span)s") % {"span": span(at - ticket.due_at)}
    colour = "warning" if is_due_soon(ticket.state, ticket.due_at, at) else ""
    return colour, _("In %(span)s") % {"span": span(ticket.due_at - at)}


def span(length: timedelta) -> str:
    """One number and its unit: minutes below an hour, hours below two days, then days; rounded down."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}
