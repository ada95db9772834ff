"""The only way to a conversation: by the visitor's own token, or by the shops and the role of an agent."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from chat.models import Conversation, State, Visitor
from chat.models.conversation import ConversationQuerySet
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Customer, Shop
from cscore.commerce.tenancy import reach
from cscore.common.errors import NotAllowed, NotFound
from tickets.models import Photo

# A token that was not used for this long opens nothing any more.
TOKEN_LIVES = timedelta(days=30)


def token_hash(token: str) -> str:
    """What is kept of a visitor's token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def visitor_by_token(*, shop: Shop, token: str, at: datetime) -> Visitor | None:
    """The visitor of this shop who holds the token, unless it has grown old."""
    alive = Visitor.objects.filter(shop=shop, seen_at__gt=at - TOKEN_LIVES).select_related("shop", "customer")
    return alive.filter(token_hash=token_hash(token)).first()


def visitor_by_former_token(*, shop: Shop, token: str, customer: Customer, at: datetime) -> Visitor | None:
    """The customer's visitor who held this token until he signed in, and never heard of his new one.

    The former token alone opens nothing: somebody else may have planted it.
    """
    alive = Visitor.objects.filter(shop=shop, customer=customer, seen_at__gt=at - TOKEN_LIVES)
    return alive.select_related("shop", "customer").filter(former_hash=token_hash(token)).first()


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


def photo_of(visitor: Visitor, photo_id: UUID) -> Photo:
    """One that the visitor sent himself. Raises NotFound."""
    origins = [str(pk) for pk in visitor.conversations.values_list("pk", flat=True)]
    found = Photo.objects.filter(shop=visitor.shop_id, origin_ref__in=origins, pk=photo_id).first()
    if found is None:
        raise NotFound
    return found


def photo_for(person: User, photo_id: UUID) -> Photo:
    """A photo of a ticket of the person's shops; one without a ticket only to who may serve its conversation.

    Raises NotFound alike for missing, foreign and none of his business.
    """
    photo = reach(Photo.objects.all(), person, pk=photo_id)
    if photo.ticket_id is None and not conversations_for(person).filter(pk=photo.origin_ref).exists():
        raise NotFound
    return photo


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
