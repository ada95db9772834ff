"""A replay as an editor reads it: the question, the articles' names, and what changed word by word."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chat.learning.results import Result, Row
from chat.models import Message, Replay
from cscore.commerce.models import Shop
from cscore.language.masking import masked
from kb.comparing import Change
from kb.differences import Kind, Piece, difference
from kb.matching import Decision
from kb.models import Article
from kb.queries import Named, batches, edition

CHANGES: Mapping[Change, Promise] = {
    Change.LOST: _("No longer answered"),
    Change.AMBIGUOUS: _("Now ambiguous"),
    Change.DIFFERENT: _("Answered differently"),
    Change.ANSWERED: _("Newly answered"),
    Change.NOT_OFFERED: _("No longer offered to choose from"),
    Change.OFFERED: _("Newly offered to choose from"),
}


class Age(StrEnum):
    """Whether a finished replay still says what a publish would do now."""

    CURRENT = "current"
    DRAFT_CHANGED = "draft_changed"
    RELEASED_SINCE = "released_since"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Shown:
    """One row with its question; `conversation` leads to where it was asked, both empty once that is deleted."""

    row: Row
    question: str
    conversation: UUID | None
    before: tuple[Named, ...]
    after: tuple[Named, ...]
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """What changes, in words."""
        return str(CHANGES[self.row.change])

    @property
    def keeper(self) -> Named | None:
        """The article that answers now, and could be made to keep doing so."""
        return self.before[0] if self.row.before.decision is Decision.ANSWER and self.before else None


def age(replay: Replay) -> Age:
    """How current the replay is. Two or three queries."""
    versions = list(replay.versions)
    live = sum(Article.objects.filter(live_version__in=some).count() for some in batches(versions))
    if live == len(versions):
        return Age.PUBLISHED
    latest = sum(Article.objects.filter(latest_version__in=some).count() for some in batches(versions))
    if latest < len(versions):
        return Age.DRAFT_CHANGED
    return Age.CURRENT if edition(replay.shop_id).release == replay.release else Age.RELEASED_SINCE


def shown(shop: Shop, rows: Sequence[Row]) -> list[Shown]:
    """These rows with what is looked up for them. Three queries."""
    messages = {
        str(pk): (body, conversation)
        for some in batches([row.message for row in rows])
        for pk, body, conversation in Message.objects.filter(
            pk__in=some, conversation__shop=shop
        ).values_list("pk", "body", "conversation_id")
    }
    keys = {key for row in rows for side in (row.before, row.after) for key in side.keys}
    now, then = named(shop, keys, live=True), named(shop, keys)
    return [
        Shown(
            row,
            *_asked(messages.get(row.message)),
            tuple(now[key] for key in row.before.keys if key in now),
            tuple(then[key] for key in row.after.keys if key in then),
            _pieces(row),
        )
        for row in rows
    ]


def named(shop: Shop, keys: Collection[str], *, live: bool = False) -> dict[str, Named]:
    """The articles of these keys by their latest question; `live`: by the question that is live, if there is one."""
    rows = Article.objects.filter(shop=shop, latest_version__isnull=False)
    columns = ("pk", "key", "latest_version__question", "live_version__question")
    return {
        key: Named(pk, key, (told or latest) if live else latest)
        for some in batches(sorted(keys))
        for pk, key, latest, told in rows.filter(key__in=some).values_list(*columns)
    }


def tiles(result: Result) -> Iterable[tuple[Change, str, int, int]]:
    """For each change: its name, the questions and the wordings."""
    return [
        (change, str(name), result.counts[change].times, result.counts[change].wordings)
        for change, name in CHANGES.items()
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar that shows shares; `begin` and `width` in hundredths, written for SVG."""

    change: str
    name: str
    times: int
    begin: str
    width: str


def bar(result: Result) -> list[Part]:
    """The questions as one bar, by what changes for them, the unchanged ones last."""
    parts = [(change.value, name, times) for change, name, times, _wordings in tiles(result)]
    parts.append(("unchanged", str(_("As before")), result.unchanged))
    whole, begin, found = max(result.asked.times, 1), 0.0, []
    for change, name, times in parts:
        width = 100 * times / whole
        if times:
            found.append(Part(change, name, times, f"{begin:.3f}", f"{width:.3f}"))
        begin += width
    return found


def _asked(message: tuple[str, UUID] | None) -> tuple[str, UUID | None]:
    return (masked(message[0]), message[1]) if message else ("", None)


def _pieces(row: Row) -> tuple[Piece, ...]:
    """What is told now against what would be told, word by word where it is the same article's answer."""
    texts = ((Kind.REMOVED, row.before.text), (Kind.ADDED, row.after.text))
    if row.before.text and row.before.keys == row.after.keys:
        return difference(row.before.text, row.after.text)
    return tuple(Piece(kind, text) for kind, text in texts if text)
