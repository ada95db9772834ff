"""Who waits, who is there to serve, and how long it may take."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from chat import rules
from chat.models import Conversation, Presence, State
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.accounts.roles import GRANTED
from cscore.commerce.models import Shop

SERVING_ROLES = [role for role, granted in GRANTED.items() if Permission.CHAT_SERVE in granted]
SAMPLES = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """How a conversation stands, as its customer is told."""

    state: str
    ahead: int
    wait_s: int | None
    agent: str | None


def present_agents(shop: Shop, *, at: datetime) -> list[Presence]:
    """The presences of the shop's agents who take chats now."""
    return list(
        Presence.objects.filter(
            Q(agent__is_superuser=True) | Q(agent__role__in=SERVING_ROLES),
            agent__is_active=True,
            agent__shops=shop,
            available=True,
            seen_at__gte=at - rules.PRESENT_FOR,
        ).select_related("agent")
    )


def queue_key(conversation: Conversation) -> datetime:
    tier = conversation.customer.tier if conversation.customer else ""
    return rules.queue_key(waiting_since=conversation.waiting_since or conversation.opened_at, tier=tier)


def standing(conversation: Conversation, *, at: datetime) -> Standing:
    """State, and while waiting the number of people before and the expected seconds."""
    agent = str(conversation.agent) if conversation.state == State.HUMAN else None
    if conversation.state != State.WAITING:
        return Standing(state=conversation.state, ahead=0, wait_s=None, agent=agent)
    ahead = Conversation.objects.filter(_served_before(conversation)).waiting().count()
    return Standing(conversation.state, ahead, _wait_s(conversation.shop, ahead=ahead, at=at), agent)


def _served_before(conversation: Conversation) -> Q:
    """The shop's conversations with an earlier queue_key. Counted by the database: everyone who waits asks for it
    whenever somebody is served."""
    mine = queue_key(conversation)
    earlier = Q(customer=None, waiting_since__lt=mine)
    for tier, start in rules.HEAD_START.items():
        earlier |= Q(customer__tier=tier, waiting_since__lt=mine + start)
    return Q(shop=conversation.shop_id) & earlier


def _wait_s(shop: Shop, *, ahead: int, at: datetime) -> int | None:
    present = present_agents(shop, at=at)
    busy = Conversation.objects.filter(
        state=State.HUMAN, agent__in=[presence.agent_id for presence in present]
    ).count()
    return rules.expected_wait_s(
        ahead=ahead,
        slots=sum(presence.capacity for presence in present),
        busy=busy,
        handling_s=_recent_handling_s(shop, since=at - timedelta(days=7)) if present else [],
    )


def _recent_handling_s(shop: Shop, *, since: datetime) -> list[float]:
    spans = (
        Conversation.objects.filter(
            shop=shop, opened_at__gte=since, taken_at__isnull=False, closed_at__isnull=False
        )
        .order_by("-opened_at")
        .values_list("taken_at", "closed_at")[:SAMPLES]
    )
    return [(closed - taken).total_seconds() for taken, closed in spans if taken and closed]


def colleagues(agent: User) -> list[Presence]:
    """Presences of everyone else who serves a shop of the agent."""
    return list(
        Presence.objects.filter(
            agent__shops__in=Shop.objects.for_shops_of(agent),
            agent__is_active=True,
            agent__role__in=SERVING_ROLES,
        )
        .exclude(agent=agent)
        .select_related("agent")
        .distinct()
        .order_by("agent__username")
    )
