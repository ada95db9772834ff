"""The end of a conversation, and what the customer thought of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chat import events
from chat.actions.announcing import announce
from chat.actions.refusals import Closed, NotYours
from chat.actions.starting import current_conversation
from chat.models import Conversation, State, Visitor
from chat.writer import lock
from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.common.errors import NotFound


@transaction.atomic
def close(*, conversation: Conversation, by: User | None, at: datetime) -> Conversation:
    """Ends the conversation; `by` is None when it went quiet. Raises NotYours, or Closed when it is over already."""
    conversation = lock(conversation.pk)
    if conversation.state == State.CLOSED:
        raise Closed
    if by and conversation.agent != by and not by.may(Permission.CHAT_SUPERVISE):
        raise NotYours
    conversation.state, conversation.closed_at, conversation.unanswered_since = State.CLOSED, at, None
    conversation.save(update_fields=["state", "closed_at", "unanswered_since"])
    announce(conversation, _("This conversation is closed. Write again whenever you need us."), at=at)
    audit.record(by=by, verb="chat.close", on=conversation, at=at, shop_key=conversation.shop.key)
    return conversation


@transaction.atomic
def rate(*, visitor: Visitor, stars: int, comment: str, at: datetime) -> Conversation:
    """Keeps the customer's judgement of his newest conversation; the last one counts. Raises NotFound without one."""
    conversation = current_conversation(visitor)
    if conversation is None or conversation.last_seq == 0:
        raise NotFound
    conversation.stars, conversation.comment, conversation.rated_at = stars, comment, at
    conversation.save(update_fields=["stars", "comment", "rated_at"])
    events.conversation_changed(conversation)
    return conversation
