"""The admin's first page: what waits for this person, counted, each figure a door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_q.models import Failure

from chat.models import Conversation
from chat.models import State as ChatState
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.common import clock
from kb.workflow import work_for
from tickets import badges
from tickets.queries import counts, queue
from tickets.rules import CLOCK_RUNS_IN

PRESSING = 6
_ALARMING = timedelta(days=7)


@dataclass(frozen=True)
class Card:
    """One figure. `alarm` colours it when it is not zero; an address that nobody serves leaves it out."""

    title: str | Promise
    figure: int
    icon: str
    address: str
    query: str = ""
    alarm: bool = False

    def as_context(self) -> dict[str, Any] | None:
        try:
            href = reverse(self.address)
        except NoReverseMatch:
            return None
        return {
            "title": self.title,
            "figure": self.figure,
            "icon": self.icon,
            "href": f"{href}?{self.query}" if self.query else href,
            "alarm": self.alarm and self.figure > 0,
        }


def for_request(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Adds `cards`, and `pressing` tickets for who may see tickets: one query for each permission."""
    person, at = cast(User, request.user), clock.now()
    cards = [card for permission, count in COUNTS if person.may(permission) for card in count(person, at)]
    context["title"] = _("Overview")
    context["cards"] = [shown for card in cards if (shown := card.as_context())]
    context["pressing"] = _pressing(person, at) if person.may(Permission.TICKETS_VIEW) else []
    return context


def _chats(person: User, at: datetime) -> list[Card]:
    rows = Conversation.objects.for_shops_of(person).filter(state__in=(ChatState.WAITING, ChatState.HUMAN))
    found = rows.aggregate(
        waiting=Count("pk", filter=Q(state=ChatState.WAITING)),
        mine=Count("pk", filter=Q(state=ChatState.HUMAN, agent=person)),
    )
    return [
        Card(_("Customers waiting"), found["waiting"], "hourglass_top", "chat:desk", alarm=True),
        Card(_("My chats"), found["mine"], "forum", "chat:desk"),
    ]


def _today(person: User, at: datetime) -> list[Card]:
    rows = Conversation.objects.for_shops_of(person).filter(opened_at__gte=at - timedelta(hours=24))
    return [Card(_("Chats in 24 hours"), rows.count(), "monitoring", "analytics:overview")]


def _tickets(person: User, at: datetime) -> list[Card]:
    found, page = counts(person, at), "admin:tickets_ticket_changelist"
    cards = [
        Card(_("Late tickets"), found.late, "alarm", page, "work=late", alarm=True),
        Card(_("Open tickets"), found.still_open, "assignment_return", page),
    ]
    if person.may(Permission.TICKETS_WORK):
        cards.append(Card(_("My tickets"), found.mine, "person", page, "work=mine"))
    return cards


def _articles(person: User, at: datetime) -> list[Card]:
    """What waits for somebody is left out while nothing does."""
    found, page = work_for(person, at), "admin:kb_article_changelist"
    mine = f"owner__id__exact={person.pk}"
    waiting = [
        Card(_("Plans that failed"), found.plans_failed, "event_busy", page, "state=plan_failed", alarm=True),
        Card(_("Sent back to you"), found.sent_back, "undo", page, "state=sent_back"),
        Card(_("Your articles to look at again"), found.stale, "update", page, f"state=stale&{mine}"),
        Card(_("Planned today"), found.planned_today, "event", page, "state=planned"),
        Card(
            _("Live against the wording rules"),
            found.told_against_rules,
            "gavel",
            page,
            "told=blocks",
            alarm=True,
        ),
    ]
    if person.may(Permission.KB_PUBLISH):
        waiting.insert(
            0, Card(_("Waiting for your review"), found.to_review, "rate_review", page, "state=in_review")
        )
    return [
        Card(_("Changes not published"), found.drafts, "edit_note", page),
        Card(_("Live articles"), found.live, "menu_book", page),
        *(card for card in waiting if card.figure),
    ]


def _failures(person: User, at: datetime) -> list[Card]:
    page = "admin:django_q_failure_changelist"
    # Nobody can dismiss one: what is a week old alarms no more.
    failed = Failure.objects.filter(stopped__gte=at - _ALARMING).count()
    return [Card(_("Failed jobs"), failed, "error", page, alarm=True)]


COUNTS: tuple[tuple[Permission, Callable[[User, datetime], list[Card]]], ...] = (
    (Permission.CHAT_SERVE, _chats),
    (Permission.TICKETS_VIEW, _tickets),
    (Permission.KB_EDIT, _articles),
    (Permission.REPORTS_VIEW, _today),
    (Permission.JOBS_VIEW, _failures),
)


def _pressing(person: User, at: datetime) -> list[dict[str, Any]]:
    """The tickets whose deadline comes first while it is our turn, the latest on top."""
    tickets = queue(person).filter(state__in=CLOCK_RUNS_IN).select_related("customer")
    tickets = tickets.order_by("due_at", "pk")[:PRESSING]
    return [
        {"ticket": ticket, "state": badges.state(ticket), "due": badges.due(ticket, at)} for ticket in tickets
    ]
