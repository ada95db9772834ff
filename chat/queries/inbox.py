"""The rows of an agent's inbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext as _

from chat.access import conversations_for
from chat.models import Author, Conversation, HandOff, HandOffReason, Message, State
from chat.models.conversation import ConversationQuerySet
from chat.queries.hearing import ear_of
from chat.queries.queue import queue_key
from cscore.accounts.models import User
from cscore.commerce.models import Tier
from cscore.language.displeasure import Behaviour

MOST_ROWS = 300
PREVIEW_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One conversation in the inbox; what another agent's customer says is left out.

    `displeased`: the customer of a colleague, whose words the reader may read, sounds upset.
    """

    conversation: UUID
    number: str
    shop: str
    state: str
    customer: str
    tier: str
    tier_name: str
    reason: str
    reason_name: str
    waiting_since: datetime | None
    unanswered_since: datetime | None
    agent: str | None
    last: str
    last_author: str
    seq: int
    mine: bool
    displeased: bool


def whole_inbox(agent: User) -> list[InboxRow]:
    """The open conversations that the agent may see: the queue in its order first, then the newest.

    When there are more than MOST_ROWS, those left out are the newest in the queue, or have the bot and were
    quiet for longest: never who has waited longest, nor the agent's own.
    """
    rows = _with_last(conversations_for(agent).not_closed().filter(last_seq__gt=0))
    mine = Case(When(state=State.HUMAN, agent=agent, then=0), When(state=State.WAITING, then=1), default=2)
    waits = Case(When(state=State.WAITING, then=F("waiting_since")))
    found = list(rows.order_by(mine, waits, "-active_at")[:MOST_ROWS])
    found.sort(key=lambda row: (row.state != State.WAITING, queue_key(row)))
    return [_row(row, agent) for row in found]


def changed_rows(agent: User, ids: Iterable[UUID | str]) -> list[InboxRow]:
    """The rows of these conversations of the agent's shops; without their words where he may not read them."""
    ids = list(ids)
    rows = {row.pk: row for row in _with_last(conversations_for(agent).filter(pk__in=ids, last_seq__gt=0))}
    others = _with_last(Conversation.objects.for_shops_of(agent).filter(pk__in=ids, last_seq__gt=0))
    return [_row(rows.get(row.pk, row), agent, readable=row.pk in rows) for row in others]


def _with_last(rows: ConversationQuerySet) -> ConversationQuerySet:
    # People's own words: the bot's stock sentences and system lines say nothing about what is wanted.
    words = Message.objects.filter(conversation=OuterRef("pk"), author__in=(Author.CUSTOMER, Author.AGENT))
    last = words.order_by("-seq")
    reason = HandOff.objects.filter(conversation=OuterRef("pk")).order_by("-at")
    return rows.select_related("shop", "customer", "agent").annotate(
        last_body=Subquery(last.values("body")[:1]),
        last_author=Subquery(last.values("author")[:1]),
        reason=Subquery(reason.values("reason")[:1]),
    )


def _row(row: Conversation, agent: User, *, readable: bool = True) -> InboxRow:
    customer, reason = row.customer, getattr(row, "reason", None) or ""
    tier = Tier(customer.tier) if customer else Tier.REGULAR
    body = getattr(row, "last_body", None) or ""
    mine = row.agent_id == agent.pk and row.state == State.HUMAN
    return InboxRow(
        conversation=row.pk,
        number=row.number,
        shop=row.shop.name,
        state=row.state,
        customer=customer.name if customer and readable else _("Visitor"),
        tier=tier.value,
        tier_name=str(tier.label),
        reason=reason,
        reason_name=str(HandOffReason(reason).label) if reason else "",
        waiting_since=row.waiting_since if row.state == State.WAITING else None,
        unanswered_since=row.unanswered_since,
        agent=str(row.agent) if row.agent else None,
        last=body[:PREVIEW_CHARACTERS] if readable else "",
        last_author=getattr(row, "last_author", None) or "",
        seq=row.last_seq,
        mine=mine,
        displeased=readable and not mine and _sounds_displeased(row, body),
    )


def _sounds_displeased(row: Conversation, body: str) -> bool:
    """Whether the customer of a colleague said last, in all its length, what the shop hears as displeasure."""
    if row.state != State.HUMAN or getattr(row, "last_author", None) != Author.CUSTOMER:
        return False
    return ear_of(row.shop_id).is_upset(Behaviour(body))


@dataclass(frozen=True, slots=True)
class Head:
    """What a process compares to see that a conversation changed without its hearing of it."""

    id: UUID
    shop_id: int
    last_seq: int
    state: str
    agent_id: int | None
    token_hash: str


def heads(*, conversations: Iterable[UUID], shops: Iterable[int]) -> list[Head]:
    """The heads of these conversations and of every open one in these shops; one query."""
    watched = Q(pk__in=list(conversations)) | (Q(shop__in=list(shops)) & ~Q(state=State.CLOSED))
    values = Conversation.objects.filter(watched).values_list(
        "pk", "shop_id", "last_seq", "state", "agent_id", "visitor__token_hash"
    )
    return [Head(*value) for value in values]
