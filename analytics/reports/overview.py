"""The first page: the figures of the mission over a period, day by day, and what to do about them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from analytics.kpis.cases import RESOLVED, Case
from analytics.kpis.outcomes import Outcome
from analytics.period import Period
from analytics.queries.cases import cases
from analytics.queries.knowledge import AskedLast, asked_last, questions_of
from analytics.queries.rows import Span
from analytics.reports.figures import FIGURES, Cases, Figure
from chat.models import HandOffReason
from cscore.commerce.models import Shop

MOST_ARTICLES, MOST_QUESTIONS = 8, 8
HOURS, WEEKDAYS = 24, 7


@dataclass(frozen=True, slots=True)
class Day:
    """How the conversations begun on one day went; the four numbers add up to all of them."""

    day: date
    ai: int
    person: int
    unsolved: int
    pending: int

    @property
    def all(self) -> int:
        return self.ai + self.person + self.unsolved + self.pending


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the bot handed over, and how many conversations."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class UsedArticle:
    """In how many conversations an article was used, and how many of these needed a person all the same."""

    id: int
    question: str
    used: int
    with_person: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`arrivals[weekday][hour]` counts conversations begun then, Monday first, in the shop's time zone."""

    shop: Shop
    period: Period
    made_at: datetime
    figures: tuple[Figure, ...]
    days: tuple[Day, ...]
    reasons: tuple[Reason, ...]
    articles: tuple[UsedArticle, ...]
    questions: tuple[AskedLast, ...]
    arrivals: tuple[tuple[int, ...], ...]

    @property
    def conversations(self) -> int:
        return sum(day.all for day in self.days)

    def table(self) -> list[tuple[Day, list[float | None]]]:
        """Each day with the value of every figure on it."""
        columns = [figure.by_day for figure in self.figures]
        return [(day, list(values)) for day, *values in zip(self.days, *columns, strict=True)]

    @property
    def busiest(self) -> int:
        """The largest number in `arrivals`."""
        return max(max(row) for row in self.arrivals)


def overview(shop: Shop, period: Period, at: datetime) -> Overview:
    """Everything on the page. Nine queries."""
    known = cases(Span(shop, period.before.since, period.until), at)
    since = period.since
    now = tuple(case for case in known if case.opened_at >= since)
    before = tuple(case for case in known if case.opened_at < since)
    return Overview(
        shop=shop,
        period=period,
        made_at=at,
        figures=_figures(now, before, period, at),
        days=_days(now, period),
        reasons=_reasons(now),
        articles=_articles(shop, now),
        questions=tuple(asked_last(Span(shop, period.since, period.until), MOST_QUESTIONS)),
        arrivals=_arrivals(now, period),
    )


def _figures(now: Cases, before: Cases, period: Period, at: datetime) -> tuple[Figure, ...]:
    by_day = _by_day(now, period)
    return tuple(
        figure(now, at).beside(figure(before, at), [figure(by_day[day], at) for day in period.days()])
        for figure in FIGURES
    )


def _by_day(cases: Cases, period: Period) -> dict[date, list[Case]]:
    found: dict[date, list[Case]] = defaultdict(list)
    for case in cases:
        found[case.opened_at.astimezone(period.zone).date()].append(case)
    return found


def _days(cases: Cases, period: Period) -> tuple[Day, ...]:
    by_day = _by_day(cases, period)
    return tuple(_day(day, by_day[day]) for day in period.days())


def _day(day: date, cases: Iterable[Case]) -> Day:
    groups = Counter(_group(case) for case in cases)
    return Day(day, groups["ai"], groups["person"], groups["unsolved"], groups["pending"])


def _group(case: Case) -> str:
    if case.human_spoke:
        return "person"
    if case.settled_outcome is Outcome.PENDING:
        return "pending"
    return "ai" if case.settled_outcome in RESOLVED else "unsolved"


def _reasons(cases: Cases) -> tuple[Reason, ...]:
    counts = Counter(reason for case in cases for reason in set(case.reasons))
    return tuple(Reason(key, str(HandOffReason(key).label), count) for key, count in counts.most_common())


def _articles(shop: Shop, cases: Cases) -> tuple[UsedArticle, ...]:
    used = Counter(article for case in cases for article in case.articles)
    with_person = Counter(article for case in cases if case.human_spoke for article in case.articles)
    top = used.most_common(MOST_ARTICLES)
    questions = questions_of(shop, (article for article, _ in top))
    return tuple(
        UsedArticle(article, questions.get(article, ""), count, with_person[article])
        for article, count in top
    )


def _arrivals(cases: Cases, period: Period) -> tuple[tuple[int, ...], ...]:
    counts: Counter[tuple[int, int]] = Counter()
    for case in cases:
        local = case.opened_at.astimezone(period.zone)
        counts[local.weekday(), local.hour] += 1
    return tuple(tuple(counts[weekday, hour] for hour in range(HOURS)) for weekday in range(WEEKDAYS))
