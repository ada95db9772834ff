"""Visitors come in, are known or not, and talk in one conversation at a time."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chat import access, events
from chat.models import Conversation, State, Visitor
from cscore.commerce import identity as shop_identity
from cscore.commerce.identity import BadIdentity
from cscore.commerce.models import Customer, Shop

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Met:
    """Who came in; `token` is set when the page must keep a new one, `doubt` when an identity did not hold."""

    visitor: Visitor
    token: str | None
    doubt: BadIdentity | None = None


@transaction.atomic
def meet(*, shop: Shop, token: str | None, identity: str | None, at: datetime) -> Met:
    """The visitor behind a token, or a new one.

    When an anonymous visitor turns out to be a customer, the token is changed (the old one is dead) and the
    conversations that it owned, no others, become the customer's. Another customer in the same browser is
    another visitor. An identity that does not hold leaves the visitor as he was.
    """
    visitor = access.visitor_by_token(shop=shop, token=token, at=at) if token else None
    customer, doubt = _vouched_for(shop, identity, at)
    if visitor is None and token and customer:
        # The welcome that brought the new token was lost on its way: the customer's page still has the old one.
        visitor = access.visitor_by_former_token(shop=shop, token=token, customer=customer, at=at)
        if visitor:
            return Met(visitor, _new_token(visitor, at))
    if visitor is None or (customer and visitor.customer_id and visitor.customer_id != customer.pk):
        return Met(*_newcomer(shop, customer, at), doubt if visitor is None else None)
    if customer and visitor.customer_id is None:
        return Met(visitor, _recognise(visitor, customer, at))
    Visitor.objects.filter(pk=visitor.pk).update(seen_at=at)
    return Met(visitor, None, doubt if visitor.customer_id is None else None)


def _vouched_for(
    shop: Shop, identity: str | None, at: datetime
) -> tuple[Customer | None, BadIdentity | None]:
    if not identity:
        return None, None
    try:
        return shop_identity.verify(shop=shop, token=identity, at=at), None
    except BadIdentity as doubt:
        return None, doubt


def _newcomer(shop: Shop, customer: Customer | None, at: datetime) -> tuple[Visitor, str]:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    visitor = Visitor.objects.create(
        shop=shop, token_hash=access.token_hash(token), customer=customer, created_at=at, seen_at=at
    )
    return visitor, token


def _recognise(visitor: Visitor, customer: Customer, at: datetime) -> str:
    visitor.customer, visitor.former_hash = customer, visitor.token_hash
    visitor.save(update_fields=["customer", "former_hash"])
    visitor.conversations.filter(customer__isnull=True).update(customer=customer)
    return _new_token(visitor, at)


def _new_token(visitor: Visitor, at: datetime) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    visitor.token_hash, visitor.seen_at = access.token_hash(token), at
    visitor.save(update_fields=["token_hash", "seen_at"])
    return token


def current_conversation(visitor: Visitor) -> Conversation | None:
    """The visitor's newest conversation, open or closed."""
    return (
        visitor.conversations.select_related("shop", "customer", "agent")
        .order_by("-opened_at", "-pk")
        .first()
    )


def start(
    *, visitor: Visitor, at: datetime, locale: str | None = None, page: dict[str, str] | None = None
) -> Conversation:
    """The visitor's open conversation, or a new one; of two that start at once, the second gets the first's."""
    latest = current_conversation(visitor)
    if latest and latest.state != State.CLOSED:
        return latest
    return _opened(visitor=visitor, at=at, locale=locale, page=page)


@transaction.atomic
def _opened(
    *, visitor: Visitor, at: datetime, locale: str | None, page: dict[str, str] | None
) -> Conversation:
    """Looks again under the visitor's lock before it opens one."""
    Visitor.objects.select_for_update().get(pk=visitor.pk)
    latest = current_conversation(visitor)
    if latest and latest.state != State.CLOSED:
        return latest
    if latest:
        events.conversation_followed(latest.pk)
    return Conversation.objects.create(
        shop=visitor.shop,
        visitor=visitor,
        customer=visitor.customer,
        locale=locale or (latest.locale if latest else visitor.shop.language),
        page=page or {},
        opened_at=at,
        active_at=at,
    )
