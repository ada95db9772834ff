"""Thumbs: whether an article was the right answer, in the words of a customer or of an agent."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import uuid5

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from chat import events, parts
from chat.actions.following import BOT_KEY
from chat.bot.handing_over import HUMAN
from chat.models import Author, Conversation, Message, State, Thumb, Visitor
from chat.queries.beside import weighed_for
from chat.queries.verdicts import asked_of, confidence_in
from chat.writer import Draft, append, lock
from chat.writer.draft import agent_key, visitor_key
from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.common.errors import NotFound
from kb.models import ArticleVersion


@dataclass(frozen=True, slots=True)
class Judged:
    """A version as the answer to a question, and how sure the bot was of it."""

    question: Message
    version: ArticleVersion
    confidence: float | None

    def keep(self, *, voter_key: str, up: bool, agent: User | None, at: datetime) -> Thumb:
        """The voter's verdict, in place of the one he gave before."""
        kept, _created = Thumb.objects.update_or_create(
            question=self.question,
            version=self.version,
            voter_key=voter_key,
            defaults={"up": up, "confidence": self.confidence, "agent": agent, "at": at},
        )
        return kept


@transaction.atomic
def thumb(*, visitor: Visitor, conversation: Conversation, seq: int, up: bool, at: datetime) -> Thumb:
    """The customer's verdict on the bot's answer of this number; his last one counts.

    The first answer of a conversation that did not help is followed by the offer of a person.
    Raises NotFound for anything but an answer from an article.
    """
    conversation = lock(conversation.pk)
    answer = _answer(conversation, seq)
    kept = _answered(answer).keep(voter_key=visitor_key(visitor.pk), up=up, agent=None, at=at)
    if not up and conversation.state == State.BOT:
        _offer_person(conversation, answer, at)
    return kept


@transaction.atomic
def thumb_as_agent(
    *, conversation: Conversation, seq: int, up: bool, by: User, at: datetime, article: str | None = None
) -> Thumb:
    """The agent's verdict on the bot's answer of this number, or on an `article` suggested for the question of it.

    Raises NotFound for anything but an answer from an article, and for an article that was not suggested.
    """
    conversation = lock(conversation.pk)
    answer = _answer(conversation, seq) if article is None else None
    judged = _answered(answer) if answer else _suggested(conversation, seq, article or "")
    kept = judged.keep(voter_key=agent_key(by.pk), up=up, agent=by, at=at)
    key, shop = judged.version.article.key, conversation.shop.key
    audit.record(by=by, verb="chat.thumb", on=conversation, at=at, shop_key=shop, article=key, up=up)
    return kept


def _answer(conversation: Conversation, seq: int) -> Message:
    """What the bot said from an article under this number."""
    answers = conversation.messages.filter(
        author=Author.BOT, answers__isnull=False, article_version__isnull=False
    )
    found = answers.select_related("answers__message", "article_version__article").filter(seq=seq).first()
    if found is None:
        raise NotFound
    return found


def _answered(answer: Message) -> Judged:
    version = cast(ArticleVersion, answer.article_version)
    asked = asked_of(answer.answers, version.article.key)
    return Judged(asked.message, version, confidence_in(asked, version.article.key))


def _suggested(conversation: Conversation, seq: int, article: str) -> Judged:
    question = conversation.messages.filter(author=Author.CUSTOMER, seq=seq).first()
    weighed = weighed_for(conversation, question.body, article) if question else None
    if question is None or weighed is None:
        raise NotFound
    version = ArticleVersion.objects.select_related("article").get(pk=weighed[0])
    return Judged(question, version, weighed[1])


def _offer_person(conversation: Conversation, answer: Message, at: datetime) -> None:
    """Once in a conversation, unless the answer itself offered it."""
    once = uuid5(conversation.pk, "person after a thumb down")
    offered = parts.offered_label(answer.parts, HUMAN)
    if offered or conversation.messages.filter(sender_key=BOT_KEY, client_id=once).exists():
        return
    with translation.override(conversation.locale):
        body = _("I am sorry that this did not help. A colleague can look at it, or ask me in other words.")
        block = parts.choices([(HUMAN, _("Talk to a person"))])
    append(conversation, [Draft(Author.BOT, BOT_KEY, body, client_id=once, parts=(block,))], at=at)
    events.conversation_changed(conversation)
