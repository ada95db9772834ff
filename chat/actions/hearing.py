"""What a customer says, chooses or asks for, stored together with what the bot answers."""

from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from chat import events
from chat.actions.following import follow, reply_draft
from chat.actions.refusals import Closed
from chat.actions.starting import current_conversation, start
from chat.bot.handing_over import HUMAN
from chat.bot.thinking import reply_to
from chat.bot.turn import Reply
from chat.models import Author, Conversation, Message, State, Visitor
from chat.parts import offered_label
from chat.writer import Draft, append, lock, sent_before
from chat.writer.draft import visitor_key
from cscore.common.errors import NotFound

# How far back an option may stand that is still chosen.
OFFERS_BACK = 20


@dataclass(frozen=True, slots=True)
class Heard:
    """The customer's message as it is stored, now or the first time it was sent."""

    conversation: Conversation
    message: Message


@dataclass(frozen=True, slots=True)
class Said:
    """`sent` is the frame's own content, by which a resend is known; `choice` the value of an option."""

    visitor: Visitor
    client_id: UUID
    body: str
    sent: str
    choice: str = ""

    @property
    def draft(self) -> Draft:
        return Draft(
            Author.CUSTOMER, visitor_key(self.visitor.pk), self.body, client_id=self.client_id, sent=self.sent
        )


def hear_customer(*, visitor: Visitor, client_id: UUID, body: str, at: datetime) -> Heard:
    """Stores the message and the bot's reply in one transaction. After a closed conversation a new one begins.

    The same client_id again returns what was stored; with another body it raises AlreadySentDifferently.
    """
    return _hear(Said(visitor, client_id, body, sent=body), at)


def choose(*, visitor: Visitor, client_id: UUID, choice: str, at: datetime) -> Heard:
    """Stores the chosen option's label as the customer's message. Raises NotFound for what was not offered."""
    sent = f"choice {choice}"
    if stored := _stored(visitor, client_id, sent):
        return stored
    conversation = current_conversation(visitor)
    offers = conversation.messages.filter(author=Author.BOT).order_by("-seq") if conversation else ()
    for message in offers[:OFFERS_BACK]:
        if label := offered_label(message.parts, choice):
            return _hear(Said(visitor, client_id, label, sent=sent, choice=choice), at)
    raise NotFound


def ask_for_person(*, visitor: Visitor, client_id: UUID, at: datetime) -> Heard:
    """Stores that the customer asks for a person; the bot hands over."""
    if stored := _stored(visitor, client_id, HUMAN):
        return stored
    conversation = start(visitor=visitor, at=at)
    with translation.override(conversation.locale):
        body = _("I would like to talk to a person.")
    return _hear(Said(visitor, client_id, body, sent=HUMAN, choice=HUMAN), at)


def _stored(visitor: Visitor, client_id: UUID, sent: str) -> Heard | None:
    message = sent_before(
        conversations=visitor.conversations.all(),
        sender_key=visitor_key(visitor.pk),
        client_id=client_id,
        sent=sent,
    )
    return Heard(message.conversation, message) if message else None


def _hear(said: Said, at: datetime) -> Heard:
    """The bot thinks before the lock, so that a slow thought holds nobody up; under the lock all is looked at again."""
    while True:
        conversation = current_conversation(said.visitor)
        if conversation is None or conversation.state == State.CLOSED:
            # A resend must not open a conversation that it does not belong to.
            if stored := _stored(said.visitor, said.client_id, said.sent):
                return stored
            conversation = start(visitor=said.visitor, at=at)
        began = perf_counter()
        reply = reply_to(conversation, text=said.body, choice=said.choice, at=at)
        try:
            return _store(
                conversation, said, reply, state=conversation.state, at=at, thought_s=perf_counter() - began
            )
        except (Closed, Conversation.DoesNotExist):
            # Closed, or dropped as empty, while the bot was thinking.
            continue


@transaction.atomic
def _store(
    conversation: Conversation, said: Said, reply: Reply | None, *, state: str, at: datetime, thought_s: float
) -> Heard:
    conversation = lock(conversation.pk)
    if stored := _stored(said.visitor, said.client_id, said.sent):
        return stored
    if conversation.state == State.CLOSED:
        raise Closed
    # Somebody took the chat while the bot was thinking: what it thought is not said.
    if reply is None or conversation.state != state:
        message = append(conversation, [said.draft], at=at)[0]
    else:
        draft = reply_draft(conversation, reply, at=at)
        message, answer = append(conversation, [said.draft, draft.draft], at=at, thought_s=thought_s)
        follow(conversation, reply, draft, question=message, answer=answer, at=at)
    events.conversation_changed(conversation)
    return Heard(conversation, message)
