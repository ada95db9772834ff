"""The only sender to the channel layer: says that something changed, after commit, and never what was said."""

from functools import partial
from typing import Any
from uuid import UUID

from channels.layers import get_channel_layer
from django.db import transaction

from chat.models import Author, Conversation


def conversation_group(conversation_id: UUID | str) -> str:
    """Everyone who watches one conversation."""
    return f"conversation.{conversation_id}"


def shop_group(shop_id: int) -> str:
    """Every desk of one shop."""
    return f"shop.{shop_id}"


def person_group(person_id: int) -> str:
    """Every desk of one person."""
    return f"person.{person_id}"


def changed_hint(conversation_id: UUID, *, seq: int, state: str) -> dict[str, Any]:
    """Says how far the conversation is, so that who has seen that much need not look."""
    return {"type": "conversation.changed", "id": str(conversation_id), "seq": seq, "state": state}


def conversation_changed(conversation: Conversation) -> None:
    """New messages, another state, another agent, a ticket: whoever watches looks into the database."""
    hint = changed_hint(conversation.pk, seq=conversation.last_seq, state=conversation.state)
    groups = (conversation_group(conversation.pk), shop_group(conversation.shop_id))
    transaction.on_commit(partial(_hint, groups, hint))


def conversation_followed(conversation_id: UUID) -> None:
    """The visitor talks on in another conversation: his other pages go along."""
    hint = {"type": "conversation.followed", "id": str(conversation_id)}
    transaction.on_commit(partial(_hint, (conversation_group(conversation_id),), hint))


def typing(conversation_id: UUID, *, author: Author) -> None:
    """Somebody is writing; never stored."""
    hint = {"type": "someone.typing", "id": str(conversation_id), "author": author}
    _hint((conversation_group(conversation_id),), hint)


def read(conversation_id: UUID, *, author: Author, seq: int) -> None:
    """Somebody has read up to `seq`; never stored."""
    hint = {"type": "someone.read", "id": str(conversation_id), "author": author, "seq": seq}
    _hint((conversation_group(conversation_id),), hint)


def note_added(conversation_id: UUID, *, note_id: int, shop_id: int) -> None:
    """A colleague noted something; only desks are told."""
    hint = {"type": "note.added", "id": str(conversation_id), "note": note_id}
    transaction.on_commit(partial(_hint, (shop_group(shop_id),), hint))


def rights_changed(person_id: int) -> None:
    """The person's role, shops or sessions changed: every desk of his checks again."""
    transaction.on_commit(partial(_hint, (person_group(person_id),), {"type": "rights.changed"}))


def _hint(groups: tuple[str, ...], hint: dict[str, Any]) -> None:
    layer = get_channel_layer()
    for group in groups:
        layer.hint(group, hint)
