"""What a customer says, chooses or asks for, stored together with what the bot answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from time import perf_counter
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from chat import events, parts
from chat.actions.following import follow, reply_draft
from chat.actions.planning import plan, say_before
from chat.actions.refusals import Closed
from chat.actions.starting import current_conversation, start
from chat.bot.handing_over import HUMAN
from chat.bot.thinking import reply_to
from chat.bot.turn import Reply
from chat.bot.wording import task_of
from chat.models import Author, Conversation, Message, State, Visitor
from chat.parts import offered_label
from chat.phrasing import Task
from chat.queries.cases import case_of_photo
from chat.writer import Draft, append, lock, sent_before
from chat.writer.draft import visitor_key
from cscore.common.errors import NotFound
from tickets.photographs import check_room, keep_photo
from tickets.pictures import Picture, redrawn

# How far back an option may stand that is still chosen.
OFFERS_BACK = 20
# Beyond the time a language model has, so that its last word is not overtaken by the clock.
GRACE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Heard:
    """The customer's message as it is stored, now or the first time it was sent.

    With a `task` the bot's reply is planned and not said: the caller finds words for it, or says it as it is.
    """

    conversation: Conversation
    message: Message
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class Thought:
    """What the bot would say to a conversation in this state, and what it would ask a language model first."""

    reply: Reply | None
    task: Task | None
    state: str
    took_s: float


@dataclass(frozen=True, slots=True)
class Said:
    """`sent` is the frame's own content, by which a resend is known; `choice` the value of an option.

    `may_wait` says that the caller takes on a planned reply.
    """

    visitor: Visitor
    client_id: UUID
    body: str
    sent: str
    choice: str = ""
    may_wait: bool = False
    photo: Picture | None = None

    def draft(self, conversation: Conversation, *, at: datetime) -> Draft:
        """The message; its photo is kept with it."""
        blocks: tuple[parts.Part, ...] = ()
        if self.photo:
            kept = keep_photo(
                shop=conversation.shop,
                origin_ref=str(conversation.pk),
                picture=self.photo,
                ticket=case_of_photo(conversation),
                at=at,
            )
            blocks = (parts.photo(kept.pk, kept.width, kept.height),)
        return Draft(
            Author.CUSTOMER,
            visitor_key(self.visitor.pk),
            self.body,
            client_id=self.client_id,
            parts=blocks,
            sent=self.sent,
        )


def hear_customer(
    *, visitor: Visitor, client_id: UUID, body: str, at: datetime, may_wait: bool = False
) -> Heard:
    """Stores the message and the bot's reply in one transaction. After a closed conversation a new one begins.

    The same client_id again returns what was stored; with another body it raises AlreadySentDifferently. With
    `may_wait`, a reply that a language model may put into words is stored as planned (docs/adr/0006).
    """
    return _hear(Said(visitor, client_id, body, sent=body, may_wait=may_wait), at)


def choose(*, visitor: Visitor, client_id: UUID, choice: str, at: datetime, may_wait: bool = False) -> Heard:
    """Stores the chosen option's label as the customer's message. Raises NotFound for what was not offered."""
    sent = f"choice {choice}"
    if stored := _stored(visitor, client_id, sent):
        return stored
    conversation = current_conversation(visitor)
    offers = conversation.messages.filter(author=Author.BOT).order_by("-seq") if conversation else ()
    for message in offers[:OFFERS_BACK]:
        if label := offered_label(message.parts, choice):
            return _hear(Said(visitor, client_id, label, sent=sent, choice=choice, may_wait=may_wait), at)
    raise NotFound


def ask_for_person(*, visitor: Visitor, client_id: UUID, at: datetime) -> Heard:
    """Stores that the customer asks for a person; the bot hands over."""
    if stored := _stored(visitor, client_id, HUMAN):
        return stored
    conversation = start(visitor=visitor, at=at)
    with translation.override(conversation.locale):
        body = _("I would like to talk to a person.")
    return _hear(Said(visitor, client_id, body, sent=HUMAN, choice=HUMAN), at)


def show_photo(*, visitor: Visitor, client_id: UUID, data: bytes, at: datetime) -> Heard:
    """Stores a photo, drawn anew, as the customer's message. The same client_id again returns what was stored.

    Raises TooLarge, TooManyPixels, NoPhoto, TooManyPhotos, TooManyInChat.
    """
    sent = f"photo {sha256(data).hexdigest()}"
    if stored := _stored(visitor, client_id, sent):
        return stored
    origins = [str(pk) for pk in visitor.conversations.values_list("pk", flat=True)]
    here = current_conversation(visitor)
    check_room(shop=visitor.shop, origins=origins, here=str(here.pk) if here else "", at=at)
    picture = redrawn(data)
    conversation = start(visitor=visitor, at=at)
    with translation.override(conversation.locale):
        body = _("Photo")
    return _hear(Said(visitor, client_id, body, sent=sent, photo=picture), at)


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
        reply = reply_to(
            conversation, text=said.body, choice=said.choice, at=at, photo=said.photo is not None
        )
        task = task_of(conversation, said.body, reply) if reply and said.may_wait else None
        thought = Thought(reply, task, conversation.state, perf_counter() - began)
        try:
            return _store(conversation, said, thought, at=at)
        except (Closed, Conversation.DoesNotExist):
            # Closed, or dropped as empty, while the bot was thinking.
            continue


@transaction.atomic
def _store(conversation: Conversation, said: Said, thought: Thought, *, at: datetime) -> Heard:
    conversation = lock(conversation.pk)
    if stored := _stored(said.visitor, said.client_id, said.sent):
        return stored
    if conversation.state == State.CLOSED:
        raise Closed
    say_before(conversation, at=at)
    reply, task, spoken = thought.reply, thought.task, said.draft(conversation, at=at)
    # Somebody took the chat while the bot was thinking: what it thought is not said.
    if reply is None or conversation.state != thought.state:
        message, task = append(conversation, [spoken], at=at)[0], None
    elif task:
        message = append(conversation, [spoken], at=at)[0]
        draft = reply_draft(conversation, reply, at=at)
        plan(conversation, reply, draft.draft, question=message, at=at, within=_patience())
    else:
        draft = reply_draft(conversation, reply, at=at)
        drafts = [spoken, draft.draft]
        message, answer = append(conversation, drafts, at=at, thought_s=thought.took_s)
        follow(conversation, reply, draft, question=message, answer=answer, at=at)
    events.conversation_changed(conversation)
    return Heard(conversation, message, task)


def _patience() -> timedelta:
    return timedelta(seconds=settings.LANGUAGE_MODEL["total_s"]) + GRACE
