"""The list of tickets, and the page of one with its moves, notes and history."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesCheckboxFilter

from cscore.accounts.guarded_admin import badge
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.tenant_admin import TenantAdmin
from cscore.common import clock
from cscore.common.errors import NotFound, Refusal
from tickets import access, actions, badges, queries, rules
from tickets.filters import WorkFilter
from tickets.forms import AssignForm, OpenForm, WorkForm
from tickets.models import Origin, State, Ticket

LONGEST_SHOWN = 24


@admin.register(Ticket)
class TicketAdmin(TenantAdmin):
    """A ticket's fields are only read here; its buttons go through tickets.views."""

    view_permission = Permission.TICKETS_VIEW
    change_permission = Permission.TICKETS_WORK
    form = OpenForm
    change_form_template = "admin/tickets/ticket/change_form.html"
    list_display = (
        "number",
        "state_badge",
        "due_badge",
        "priority_badge",
        "kind",
        "customer",
        "short_reason",
        "assigned_to",
        "shop",
    )
    list_filter = (
        WorkFilter,
        ("state", ChoicesCheckboxFilter),
        ("kind", ChoicesCheckboxFilter),
        ("priority", ChoicesCheckboxFilter),
    )
    list_filter_submit = True
    list_select_related = ("customer", "assigned_to", "shop")
    search_fields = ("number", "customer__name", "customer__external_id", "order__number")
    search_help_text = _("Ticket, customer or order")
    ordering = ("-priority", "due_at", "pk")
    actions = ("take",)
    add_fieldsets = ((None, {"fields": ("shop", "kind", "reason", "order", "customer")}),)
    autocomplete_fields = ("customer", "order")
    fieldsets = (
        (None, {"fields": ("kind", "reason", "customer", "order", "item")}),
        (
            _("Deadline"),
            {"fields": ("opened_at", "due_at", "solved_at", "priority", "who_has_it", "origin")},
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_work_permission(self, request: HttpRequest) -> bool:
        return self._grants(request, self.change_permission)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_work_permission(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        person = cast(User, request.user)
        try:
            ticket = access.ticket_for(person, int(object_id))
        except (NotFound, ValueError):
            return cast(HttpResponse, super().change_view(request, object_id, form_url, extra_context))
        page = self._page_of(ticket, person, works=self.has_work_permission(request))
        return cast(HttpResponse, super().change_view(request, object_id, form_url, page))

    def _page_of(self, ticket: Ticket, person: User, *, works: bool) -> dict[str, Any]:
        return {
            "title": ticket.number,
            "ticket": ticket,
            "badges": (badges.state(ticket), badges.due(ticket, clock.now()), badges.priority(ticket)),
            "conversation_url": conversation_url(ticket, person),
            "photos": ticket.photos.defer("data").order_by("at", "pk"),
            "history": queries.history(ticket),
            "moves": rules.NEXT[State(ticket.state)] if works else (),
            "work_form": WorkForm(auto_id="work-%s") if works else None,
            "assign_form": AssignForm(ticket=ticket, auto_id="assign-%s") if works else None,
        }

    def save_model(self, request: HttpRequest, obj: Ticket, form: Any, change: bool) -> None:
        told = form.cleaned_data
        ticket = actions.open_ticket(
            shop=told["shop"],
            kind=told["kind"],
            reason=told["reason"],
            customer=told["customer"],
            order=told["order"],
            item=None,
            origin=Origin.STAFF,
            origin_ref="",
            by=cast(User, request.user),
            at=clock.now(),
        )
        obj.pk, obj.number, obj._state.adding = ticket.pk, ticket.number, False

    @admin.action(description=_("Take: assign to me"), permissions=["work"])
    def take(self, request: HttpRequest, queryset: models.QuerySet[Ticket]) -> None:
        person, at = cast(User, request.user), clock.now()
        try:
            for ticket in queryset.select_related("shop"):
                actions.assign(ticket=ticket, to=person, by=person, at=at)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)

    @badge(_("state"), ordering="state")
    def state_badge(self, ticket: Ticket) -> tuple[str, str]:
        return badges.state(ticket)

    @badge(_("priority"), ordering="priority")
    def priority_badge(self, ticket: Ticket) -> tuple[str, str]:
        return badges.priority(ticket)

    @badge(_("due"), ordering="due_at")
    def due_badge(self, ticket: Ticket) -> tuple[str, str]:
        return badges.due(ticket, clock.now())

    @admin.display(description=_("reason"))
    def short_reason(self, ticket: Ticket) -> str:
        return (
            ticket.reason if len(ticket.reason) <= LONGEST_SHOWN else f"{ticket.reason[: LONGEST_SHOWN - 1]}…"
        )

    @admin.display(description=_("assigned to"))
    def who_has_it(self, ticket: Ticket) -> str:
        return str(ticket.assigned_to or _("nobody"))


def conversation_url(ticket: Ticket, person: User) -> str:
    """Where the person may read the conversation; the floor above is known by its addresses alone."""
    if not ticket.origin_ref:
        return ""
    if person.may(Permission.CHAT_SUPERVISE):
        return reverse("admin:chat_conversation_change", args=[ticket.origin_ref])
    return reverse("chat:transcript", args=[ticket.origin_ref])
