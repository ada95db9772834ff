"""Who was told what a version says: by the bot, which keeps it with its message, or by agents in the same words."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Min, Q

from chat.models import Author, Conversation, Correction, Message
from kb.models import ArticleVersion, Release
from kb.queries import batches

# Shorter answers are said by chance.
SHORTEST_INSERTED: Final = 12


@dataclass(frozen=True, slots=True)
class Window:
    """From the first moment on, up to the second and without it."""

    told_from: datetime
    told_until: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One conversation in which the version was said; `corrected` when it was taken back there before."""

    conversation: Conversation
    at: datetime
    times: int
    by_bot: bool
    by_agent: bool
    corrected: bool

    @property
    def who(self) -> tuple[int | None, int]:
        """What tells people apart: the customer, or the browser of who is not signed in."""
        customer = self.conversation.customer_id
        return customer, 0 if customer else self.conversation.visitor_id


@dataclass(frozen=True, slots=True)
class Extent:
    """How many conversations and people were told, and how many of these conversations wait for a correction."""

    conversations: int = 0
    people: int = 0
    by_bot: int = 0
    by_agent: int = 0
    waiting: int = 0

    @classmethod
    def of(cls, told: Sequence[Told]) -> "Extent":
        return cls(
            len(told),
            len({one.who for one in told}),
            sum(one.by_bot for one in told),
            sum(one.by_agent for one in told),
            sum(not one.corrected for one in told),
        )


def live_window(version: ArticleVersion, at: datetime) -> Window:
    """From the first moment the version was live until now; from its writing when it never was."""
    first = Release.objects.filter(version=version).aggregate(first=Min("at"))["first"]
    return Window(first or version.created_at, at)


def told(version: ArticleVersion, window: Window) -> list[Told]:
    """Every conversation in which the version was said in the window, the earliest first."""
    said: dict[UUID, list[tuple[datetime, str]]] = {}
    for conversation, at, author in _sayings(version, window):
        said.setdefault(conversation, []).append((at, author))
    rows = {
        row.pk: row
        for some in batches(list(said))
        for row in Conversation.objects.filter(pk__in=some).select_related("customer")
    }
    corrected = _corrected(version)
    found = [
        Told(
            rows[conversation],
            min(at for at, _author in lines),
            len(lines),
            any(author == Author.BOT for _at, author in lines),
            any(author == Author.AGENT for _at, author in lines),
            conversation in corrected,
        )
        for conversation, lines in said.items()
    ]
    return sorted(found, key=lambda one: (one.at, one.conversation.pk))


def waiting(version: ArticleVersion, window: Window) -> list[Told]:
    """Those in which it was not taken back yet."""
    return [one for one in told(version, window) if not one.corrected]


def _corrected(version: ArticleVersion) -> set[UUID]:
    rows = Correction.objects.filter(recall__version=version).exclude(message=None, ticket=None)
    return set(rows.values_list("conversation", flat=True))


def _sayings(version: ArticleVersion, window: Window) -> Iterable[tuple[UUID, datetime, str]]:
    """Messages that carry the version, or name it among several, or repeat it word for word. Two queries."""
    article = version.article
    said = Message.objects.filter(
        conversation__shop=article.shop_id, at__gte=window.told_from, at__lt=window.told_until
    )
    columns = ("conversation", "at", "author")
    yield from said.filter(article_version=version).values_list(*columns)
    # Several answers in one message: only the first is its version, all are among its parts.
    named = said.filter(_names(article.key), author=Author.BOT).exclude(article_version=version)
    for conversation, at, author, parts in named.values_list(*columns, "parts"):
        if any(_is(part, article.key, version.number) for part in parts):
            yield conversation, at, author
    if len(version.answer) >= SHORTEST_INSERTED:
        inserted = said.filter(author=Author.AGENT, body__contains=version.answer)
        yield from inserted.values_list(*columns)


def _names(key: str) -> Q:
    """Parts that may name the key: SQLite keeps letters beyond ASCII escaped, PostgreSQL as they are."""
    return Q(parts__icontains=json.dumps(key)) | Q(parts__icontains=json.dumps(key, ensure_ascii=False))


def _is(part: dict[str, Any], key: str, number: int) -> bool:
    return part.get("kind") == "source" and (part.get("article"), part.get("version")) == (key, number)
