"""What an agent says to a customer, and what he notes for colleagues."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from chat import events
from chat.actions.refusals import Closed, NotYours
from chat.models import Author, Conversation, Message, Note, State
from chat.writer import AlreadySentDifferently, Draft, append, lock, sent_before
from chat.writer.draft import agent_key
from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.compliance.actions import screen
from cscore.compliance.rules import Scope


@transaction.atomic
def say(*, conversation: Conversation, by: User, client_id: UUID, body: str, at: datetime) -> Message:
    """Stores what the agent says. The same client_id again returns what was stored.

    Raises Closed, NotYours, AlreadySentDifferently, and NotSayable when a wording rule forbids it.
    """
    conversation = lock(conversation.pk)
    key = agent_key(by.pk)
    if stored := sent_before(conversations=[conversation], sender_key=key, client_id=client_id, sent=body):
        return stored
    if conversation.state == State.CLOSED:
        raise Closed
    if conversation.state != State.HUMAN or conversation.agent != by:
        raise NotYours
    screen(text=body, scope=Scope.AGENT, shop=conversation.shop, at=at)
    draft = Draft(Author.AGENT, key, body, client_id=client_id, agent_id=by.pk)
    message = append(conversation, [draft], at=at)[0]
    events.conversation_changed(conversation)
    return message


@transaction.atomic
def note(*, conversation: Conversation, by: User, client_id: UUID, body: str, at: datetime) -> Note:
    """A remark for colleagues, in a table that no customer's query reads."""
    lock(conversation.pk)
    stored = Note.objects.filter(conversation=conversation, by=by, client_id=client_id).first()
    if stored:
        if stored.body != body:
            raise AlreadySentDifferently
        return stored
    added = Note.objects.create(conversation=conversation, by=by, client_id=client_id, body=body, at=at)
    audit.record(by=by, verb="chat.note", on=conversation, at=at, shop_key=conversation.shop.key)
    events.note_added(conversation.pk, note_id=added.pk, shop_id=conversation.shop_id)
    return added
