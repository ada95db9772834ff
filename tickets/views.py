"""What the buttons of a ticket's admin page do."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from cscore.common.errors import Refusal
from tickets import access, actions
from tickets.forms import AssignForm, WorkForm
from tickets.models import Ticket


@opens_for(Permission.TICKETS_WORK)
@require_POST
def work(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """Moves the ticket where the pressed button says, or only adds the note."""
    person = cast(User, request.user)
    ticket = access.ticket_for(person, ticket_id)
    form = WorkForm(request.POST)
    if not form.is_valid():
        return _back(request, ticket, problem=_("At most 2,000 characters fit into a note."))
    to, note, at = form.cleaned_data["to"], form.cleaned_data["note"], clock.now()
    if to:
        return _obey(request, ticket, lambda: actions.move(ticket=ticket, to=to, by=person, at=at, note=note))
    return _obey(request, ticket, lambda: actions.add_note(ticket=ticket, note=note, by=person, at=at))


@opens_for(Permission.TICKETS_WORK)
@require_POST
def assign(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """Gives the ticket to a colleague or to nobody."""
    person = cast(User, request.user)
    ticket = access.ticket_for(person, ticket_id)
    form = AssignForm(request.POST, ticket=ticket)
    if not form.is_valid():
        return _back(request, ticket, problem=str(actions.NotOnTheTeam()))
    to = form.cleaned_data["to"]
    return _obey(request, ticket, lambda: actions.assign(ticket=ticket, to=to, by=person, at=clock.now()))


def _obey(request: HttpRequest, ticket: Ticket, verb: Callable[[], object]) -> HttpResponse:
    try:
        verb()
    except Refusal as refusal:
        return _back(request, ticket, problem=str(refusal))
    return _back(request, ticket)


def _back(request: HttpRequest, ticket: Ticket, problem: str = "") -> HttpResponse:
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("Ticket %(number)s is up to date.") % {"number": ticket.number})
    return redirect("admin:tickets_ticket_change", ticket.pk)
