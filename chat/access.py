"""The only way to a conversation: by the visitor's own token, or by the shops and the role of an agent."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from chat.models import Conversation, State, Visitor
from chat.models.conversation import ConversationQuerySet
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import reach
from cscore.common.errors import NotAllowed, NotFound

# A token that was not used for this long opens nothing any more.
TOKEN_LIVES = timedelta(days=30)


def token_hash(token: str) -> str:
    """What is kept of a visitor's token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def visitor_by_token(*, shop: Shop, token: str, at: datetime) -> Visitor | None:
    """The visitor of this shop who holds the token, unless it has grown old."""
    alive = Visitor.objects.filter(shop=shop, seen_at__gt=at - TOKEN_LIVES).select_related("shop", "customer")
    return alive.filter(token_hash=token_hash(token)).first()


def visitor_still(visitor_id: int, held_hash: str) -> Visitor:
    """The visitor, while his token is still the one that was shown at hello. Raises NotFound afterwards."""
    found = (
        Visitor.objects.filter(pk=visitor_id, token_hash=held_hash).select_related("shop", "customer").first()
    )
    if found is None:
        raise NotFound
    return found


def conversation_of(visitor: Visitor, conversation_id: UUID) -> Conversation:
    """One of the visitor's own. Raises NotFound."""
    rows = visitor.conversations.select_related("shop", "customer", "agent")
    found = rows.filter(pk=conversation_id).first()
    if found is None:
        raise NotFound
    return found


def shop_by_key(key: str) -> Shop:
    """Raises NotFound."""
    try:
        return Shop.objects.get(key=key)
    except Shop.DoesNotExist as missing:
        raise NotFound from missing


def agent_still(person_id: int) -> User:
    """The person, while he may serve customers. Raises NotAllowed afterwards."""
    person = User.objects.filter(pk=person_id).first()
    if person is None or not person.may(Permission.CHAT_SERVE):
        raise NotAllowed
    return person


def conversations_for(agent: User) -> ConversationQuerySet:
    """Conversations of the agent's shops: all for who supervises, else his own and those that wait."""
    rows = Conversation.objects.for_shops_of(agent)
    if agent.may(Permission.CHAT_SUPERVISE):
        return rows
    return rows.filter(Q(agent=agent) | Q(state=State.WAITING))


def conversation_for(agent: User, conversation_id: UUID) -> Conversation:
    """Raises NotFound alike for missing, foreign and another agent's."""
    rows = conversations_for(agent).select_related("shop", "customer", "agent")
    return reach(rows, agent, pk=conversation_id)


def transcript_for(person: User, conversation_id: UUID) -> Conversation:
    """To read, not to serve: a conversation of the person's shops that led to a ticket, or that he may serve.

    Raises NotFound alike for missing, foreign and none of his business.
    """
    rows = Conversation.objects.all()
    if not person.may(Permission.CHAT_SUPERVISE):
        rows = rows.filter(Q(agent=person) | Q(tickets__isnull=False)).distinct()
    return reach(rows.select_related("shop", "customer", "agent"), person, pk=conversation_id)
