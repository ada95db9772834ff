import hashlib
from typing import Any

from chat.models import Author, Conversation, Message, Visitor
from cscore.commerce.models import Shop
from tests.factories.times import MONDAY_9AM, next_number


def make_conversation(*, shop: Shop, **fields: Any) -> Conversation:
    """A conversation as a row, of a visitor of its own; a test about talking calls chat.actions instead."""
    customer = fields.get("customer")
    visitor = fields.pop("visitor", None) or Visitor.objects.create(
        shop=shop,
        token_hash=hashlib.sha256(str(next_number()).encode()).hexdigest(),
        customer=customer,
        created_at=MONDAY_9AM,
        seen_at=MONDAY_9AM,
    )
    defaults = {"locale": shop.language, "opened_at": MONDAY_9AM, "active_at": MONDAY_9AM}
    return Conversation.objects.create(shop=shop, visitor=visitor, **defaults | fields)


def make_message(*, conversation: Conversation, body: str = "Hello?", **fields: Any) -> Message:
    """The conversation's next message as a row."""
    conversation.last_seq += 1
    conversation.save(update_fields=["last_seq"])
    defaults = {
        "author": Author.CUSTOMER,
        "sender_key": f"visitor:{conversation.visitor_id}",
        "body_hash": hashlib.sha256(body.encode()).hexdigest(),
        "at": MONDAY_9AM,
    }
    return Message.objects.create(
        conversation=conversation, seq=conversation.last_seq, body=body, **defaults | fields
    )
