"""How every article of a shop did over a period: asked, answered, helped, handed over after, read."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.kpis.cases import Case
from analytics.kpis.figures import Rate, rate
from analytics.period import Period
from analytics.queries.articles import Read, Use, articles_of, opened_by_day, reads, uses
from analytics.queries.cases import cases
from analytics.queries.rows import Span
from cscore.commerce.models import Shop
from kb.models import Article


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article. Of the `answered` conversations `settled` have an outcome; `helped` is a share of those."""

    article: Article
    question: str
    asked: int
    answered: int
    helped: Rate
    handed_over: int
    thumbs_up: int
    thumbs_down: int
    opened: int
    helpful: int
    not_helpful: int

    @property
    def reviewed_at(self) -> datetime | None:
        return self.article.reviewed_at

    @classmethod
    def of(cls, article: Article, use: Use, read: Read) -> "ArticleRow":
        return cls(
            article=article,
            question=str(article),
            asked=len(use.asked),
            answered=len(use.answered),
            helped=rate(len(use.helped), len(use.settled)),
            handed_over=len(use.handed_over),
            thumbs_up=use.thumbs_up,
            thumbs_down=use.thumbs_down,
            opened=read.opened,
            helpful=read.helpful,
            not_helpful=read.not_helpful,
        )


@dataclass(frozen=True, slots=True)
class Day:
    """What happened to one article on one day."""

    asked: int
    answered: int
    opened: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table that it can be ordered by."""

    key: str
    title: Promise
    text: Promise
    of: Callable[[ArticleRow], Any]


# Each definition stands on the page under the table; docs/glossary.md has the words.
COLUMNS: Final = (
    Column(
        "asked",
        _("Asked"),
        _("Conversations with a question that the bot took for this article: it answered from it or offered it first."),
        lambda row: row.asked,
    ),
    Column(
        "answered", _("Answered"), _("Conversations in which the bot answered from it."), lambda row: row.answered
    ),
    Column(
        "helped",
        _("Helped"),
        _(
            "Of the answered conversations that are settled: no person was needed, the customer did not come back about "
            "the same within 72 hours, gave no 1 or 2 stars and no thumb down to this answer."
        ),
        lambda row: -1.0 if row.helped.share is None else row.helped.share,
    ),
    Column(
        "handed_over",
        _("Handed over after"),
        _("Answered conversations that were handed over to a person at any time after that answer."),
        lambda row: row.handed_over,
    ),
    Column(
        "opened",
        _("Opened"),
        _("How often readers opened it in the help centre; staff are not counted."),
        lambda row: row.opened,
    ),
    Column(
        "votes",
        _("Votes in the help centre"),
        _("How many readers found it helpful, and how many did not."),
        lambda row: row.helpful - row.not_helpful,
    ),
    Column(
        "thumbs",
        _("Thumbs in chats"),
        _("Thumbs up and down on this answer, by customers and agents."),
        lambda row: row.thumbs_up - row.thumbs_down,
    ),
    Column(
        "reviewed",
        _("Last reviewed"),
        _("When somebody last confirmed that it is still right."),
        lambda row: row.reviewed_at.timestamp() if row.reviewed_at else 0.0,
    ),
)  # fmt: skip
USUAL: Final = "answered"
LISTS: Final[dict[str, Promise]] = {
    "asked": _("Asked for: %(question)s"),
    "answered": _("Answered from: %(question)s"),
    "settled": _("Answered from and settled: %(question)s"),
    "helped": _("Helped by: %(question)s"),
    "handed_over": _("Handed over after: %(question)s"),
}


def article_rows(shop: Shop, period: Period, at: datetime, *, ordered_by: str = USUAL) -> list[ArticleRow]:
    """Every article that is kept, most first. Fifteen queries."""
    span = Span(shop, period.since, period.until)
    used, read = uses(span, cases(span, at)), reads(shop, period)
    rows = [
        ArticleRow.of(article, used.get(article.pk, Use()), read.get(article.pk, Read()))
        for article in articles_of(shop)
    ]
    chosen = next((column for column in COLUMNS if column.key == ordered_by), None)
    of = chosen.of if chosen else lambda row: row.answered
    return sorted(rows, key=lambda row: (of(row), row.answered, row.asked), reverse=True)


def article_days(article: Article, period: Period, at: datetime) -> tuple[ArticleRow, tuple[Day, ...]]:
    """One article: its row, and day by day."""
    span = Span(article.shop, period.since, period.until)
    known = cases(span, at)
    use = uses(span, known).get(article.pk, Use())
    read = reads(article.shop, period).get(article.pk, Read())
    asked, answered = (_by_day(known, ids, period) for ids in (use.asked, use.answered))
    opened = opened_by_day(article, period)
    days = (Day(asked[day], answered[day], opened.get(day, 0)) for day in period.days())
    return ArticleRow.of(article, use, read), tuple(days)


def listed_ids(span: Span, known: Sequence[Case], article_id: int, what: str) -> set[UUID]:
    """The conversations behind one number of one article; `what` is a key of LISTS."""
    use = uses(span, known).get(article_id, Use())
    found: set[UUID] = getattr(use, what)
    return found


def _by_day(known: Sequence[Case], ids: set[UUID], period: Period) -> Counter[Any]:
    return Counter(case.opened_at.astimezone(period.zone).date() for case in known if case.id in ids)
