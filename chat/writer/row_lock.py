"""Whoever writes into a conversation holds its row until commit."""

from uuid import UUID

from django.db import transaction

from chat.models import Conversation


def lock(conversation_id: UUID) -> Conversation:
    """The conversation as it is now; nobody else can change it before this transaction ends.

    Call it first in the transaction. On SQLite the transaction itself is the lock (BEGIN IMMEDIATE).
    Raises Conversation.DoesNotExist, and TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("lock() needs a transaction")
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("shop", "customer", "agent")
    return rows.get(pk=conversation_id)
