"""One query a table: only the columns that figures need, for the conversations begun between two moments."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, TextField
from django.db.models.functions import Cast

from analytics.kpis.conversion import Event
from chat.models import Author, BotTurn, Conversation, HandOff, Message
from cscore.commerce.models import Order, OrderStatus, Shop


@dataclass(frozen=True, slots=True)
class Span:
    """Conversations of one shop begun from `since` on and before `until`."""

    shop: Shop
    since: datetime
    until: datetime

    def conditions(self, path: str = "") -> dict[str, Any]:
        """For a filter; `path` leads from the row to its conversation."""
        fields = {"shop": self.shop, "opened_at__gte": self.since, "opened_at__lt": self.until}
        return {f"{path}{name}": value for name, value in fields.items()} | {f"{path}last_seq__gt": 0}


@dataclass(frozen=True, slots=True)
class Visit:
    """`key` is what the other rows name the conversation by."""

    key: str
    id: UUID
    opened_at: datetime
    closed_at: datetime | None
    stars: int | None
    customer_id: int | None
    visitor_id: int


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the bot or an agent; `article` when it was answered from one."""

    key: str
    seq: int
    author: str
    seconds: float | None
    article: int | None


@dataclass(frozen=True, slots=True)
class Thought:
    """One turn of the bot: which step spoke to the question `seq`, and what it decided."""

    key: str
    seq: int
    step: str
    decision: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    key: str
    reason: str


def last_end(span: Span) -> datetime | None:
    """When the last of these conversations was closed."""
    newest: datetime | None = Conversation.objects.filter(**span.conditions()).aggregate(
        last=Max("closed_at")
    )["last"]
    return newest


def visits(span: Span) -> list[Visit]:
    """The conversations in which anything was said, by time."""
    fields = ("id", "opened_at", "closed_at", "stars", "customer_id", "visitor_id")
    found = Conversation.objects.filter(**span.conditions()).order_by("opened_at", "id")
    return [Visit(*row) for row in found.values_list(_key("id"), *fields)]


def said(span: Span) -> dict[str, list[Said]]:
    """What the bot and agents said."""
    found = Message.objects.filter(**span.conditions("conversation__"), author__in=[Author.BOT, Author.AGENT])
    fields = ("seq", "author", "reply_seconds", "article_version__article_id")
    rows = found.order_by().values_list(_key("conversation_id"), *fields)
    return _by_conversation(Said(*row) for row in rows)


def last_asked(span: Span) -> dict[str, int]:
    """The number of the customer's last message."""
    found = Message.objects.filter(**span.conditions("conversation__"), author=Author.CUSTOMER)
    return dict(found.order_by().values_list(_key("conversation_id")).annotate(last=Max("seq")))


def thoughts(span: Span) -> dict[str, list[Thought]]:
    """The bot's turns, in no order."""
    found = BotTurn.objects.filter(**span.conditions("message__conversation__"))
    rows = found.order_by().values_list(_key("message__conversation_id"), "message__seq", "step", "decision")
    return _by_conversation(Thought(*row) for row in rows)


def hand_overs(span: Span) -> dict[str, list[HandedOver]]:
    """Hand-overs to people, in order."""
    found = HandOff.objects.filter(**span.conditions("conversation__")).order_by("at", "pk")
    return _by_conversation(HandedOver(*row) for row in found.values_list(_key("conversation_id"), "reason"))


def orders(span: Span, *, reaching_back: timedelta, reaching_on: timedelta) -> list[Event]:
    """Orders that stand, from before the span to after it."""
    found = Order.objects.filter(
        shop=span.shop,
        placed_at__gte=span.since - reaching_back,
        placed_at__lt=span.until + reaching_on,
    ).exclude(status=OrderStatus.CANCELLED)
    rows = found.order_by("placed_at").values_list("customer_id", "placed_at")
    return [Event(str(customer), placed_at) for customer, placed_at in rows]


def _key(path: str) -> Cast:
    """A conversation's id as plain text: half the time of a large period went into making UUIDs of them."""
    return Cast(path, TextField())


def _by_conversation(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.key].append(row)
    return found
