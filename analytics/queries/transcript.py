"""A conversation to read: every line, and why the bot said what it said."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from chat.models import Author, BotTurn, Conversation, Message
from chat.queries.reasons import why
from cscore.language.masking import masked

MOST_LINES = 1000


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """`reason` is set for the bot's lines, `article` (key, version, row id) and `asked`, the question, when one was
    answered from."""

    author: str
    name: str
    body: str
    at: datetime
    options: tuple[str, ...]
    reason: str
    article: tuple[str, int, int] | None
    seconds: float | None
    asked: str = ""


def transcript(conversation: Conversation) -> list[SpokenLine]:
    """The first thousand lines. Two queries."""
    messages = conversation.messages.select_related("agent", "article_version__article").order_by("seq")
    thoughts = {
        turn.reply_id: turn
        for turn in BotTurn.objects.filter(message__conversation=conversation).select_related("message")
        if turn.reply_id
    }
    return [_line(message, thoughts.get(message.pk)) for message in messages[:MOST_LINES]]


def _line(message: Message, thought: BotTurn | None) -> SpokenLine:
    version = message.article_version
    offered = (option for part in message.parts for option in part.get("options", ()))
    return SpokenLine(
        author=message.author,
        name=_name(message),
        body=message.body,
        at=message.at,
        options=tuple(str(option["label"]) for option in offered),
        reason=why(thought),
        article=(version.article.key, version.number, version.article_id) if version else None,
        seconds=message.reply_seconds,
        asked=masked(thought.message.body) if version and thought else "",
    )


def _name(message: Message) -> str:
    if message.author == Author.AGENT and message.agent:
        return str(message.agent)
    return str(_("AI")) if message.author == Author.BOT else str(Author(message.author).label)
