"""Charts as data: what charts.js draws. Colours are named by meaning (`tone`) and come from the style sheet."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from analytics.reports.articles import ArticleRow
from analytics.reports.articles import Day as ArticleDay
from analytics.reports.confidence import ConfidenceReport
from analytics.reports.figures import Figure
from analytics.reports.overview import Day
from analytics.reports.staffing import Level, StaffedDay
from analytics.reports.upset import UpsetReport
from analytics.savings.simulation import SimulatedSavings, Spread
from kb.matching import Point

_LONGEST_LABEL: Final = 14

Value = float | None | list[float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart; a point of two numbers is a bar between them. `axis` is y, or y2 on the right."""

    label: Promise | str
    data: Sequence[Value]
    tone: str
    kind: str = "bar"
    axis: str = "y"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """`unit` says how numbers are written: count, share, seconds or yuan."""

    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = "count"
    title: Promise | str = ""
    title2: Promise | str = ""
    stacked: bool = False
    small: bool = False
    lying: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def day_labels(days: Sequence[date]) -> list[str]:
    return [date_format(day, "m-d") for day in days]


def outcomes(days: Sequence[Day]) -> Chart:
    """Conversations by day, by who ended them."""
    series = (
        Series(_("Resolved by the AI"), [day.ai for day in days], "ai"),
        Series(_("With a person"), [day.person for day in days], "person"),
        Series(_("Not resolved"), [day.unsolved for day in days], "bad"),
        Series(_("Not settled yet"), [day.pending for day in days], "pending"),
    )
    labels = day_labels([day.day for day in days])
    return Chart(labels, series, title=_("Conversations"), stacked=True)


def sparkline(figure: Figure, days: Sequence[Day]) -> Chart:
    """One figure by day, without axes."""
    labels = day_labels([day.day for day in days])
    line = Series(figure.title, figure.by_day, "ai", kind="line")
    return Chart(labels, (line,), unit=figure.unit.value, small=True)


def staffed_day(day: StaffedDay) -> Chart:
    """Agents as bars, expected customers as lines on the right."""
    series = (
        Series(_("Agents (P80)"), [slot.agents for slot in day.slots], "soft"),
        Series(_("Customers for a person (P50)"), [slot.p50 for slot in day.slots], "person", "line", "y2"),
        Series(
            _("Customers for a person (P80)"),
            [slot.p80 for slot in day.slots],
            "bad",
            "line",
            "y2",
            dashed=True,
        ),
    )
    labels = [f"{localtime(slot.starts_at):%H:%M}" for slot in day.slots]
    return Chart(labels, series, title=_("Agents"), title2=_("Customers in half an hour"))


def concurrency(levels: Sequence[Level], target: float) -> Chart:
    """Reply time and chats an hour, by chats at a time."""
    series = (
        Series(_("Mean reply (s)"), [level.reply_seconds for level in levels], "soft"),
        Series(_("Target (s)"), [target for _ in levels], "bad", "line", dashed=True),
        Series(
            _("Chats one agent finishes in an hour"),
            [level.chats_per_hour for level in levels],
            "person",
            "line",
            "y2",
        ),
    )
    labels = [str(level.chats) for level in levels]
    return Chart(labels, series, title=_("Seconds"), title2=_("Chats an hour"))


def confidence(report: ConfidenceReport) -> Chart:
    """Coverage and precision against the threshold; dots where the bot answers and offers from."""
    heights = [point.threshold for point in report.points]
    marks: tuple[tuple[Promise, float, str], ...] = (
        (_("The bot answers from here"), report.thresholds.answer, "good"),
        (_("The bot offers from here"), report.thresholds.offer, "person"),
    )
    lines = (
        Series(_("Coverage"), [point.coverage for point in report.points], "ai", "line"),
        Series(_("Precision"), [point.precision for point in report.points], "strong", "line"),
        Series(
            _("Asked of answers"),
            [report.asked.answer for _height in heights],
            "pending",
            "line",
            dashed=True,
        ),
    )
    dots = tuple(
        Series(label, _dot(heights, place, report.points), tone, "dot") for label, place, tone in marks
    )
    labels = [f"{height:.2f}" for height in heights]
    return Chart(labels, (*lines, *dots), unit="share", title=_("Share of the wordings left out"))


def alerts(report: UpsetReport) -> Chart:
    """Customers an hour by threshold, what people can take, and a dot at the threshold in use."""
    heights = [height for height, _count in report.curve]
    counts = [count for _height, count in report.curve]
    nearest = min(range(len(heights)), key=lambda at: abs(heights[at] - report.threshold))
    here: list[Value] = [count if at == nearest else None for at, count in enumerate(counts)]
    asked = Series(_("At most"), [report.most for _ in heights], "pending", "line", dashed=True)
    series = (
        Series(_("Upset customers an hour"), counts, "person", "line"),
        *((asked,) if report.most is not None else ()),
        Series(_("The threshold in use"), here, "bad", "dot"),
    )
    return Chart([f"{height:.2f}" for height in heights], series, title=_("Customers an hour"))


def _dot(heights: Sequence[float], place: float, points: Sequence[Point]) -> list[float | None]:
    """Nothing but the coverage at the height nearest to this place."""
    nearest = min(range(len(heights)), key=lambda at: abs(heights[at] - place))
    return [points[at].coverage if at == nearest else None for at in range(len(heights))]


def articles(rows: Sequence[ArticleRow]) -> Chart:
    """What became of the conversations answered from each article."""
    helped = [row.helped.numerator for row in rows]
    over = [row.handed_over for row in rows]
    rest = [max(0, row.answered - row.helped.numerator - row.handed_over) for row in rows]
    series = (
        Series(_("Helped"), helped, "ai"),
        Series(_("Handed over after"), over, "person"),
        Series(_("Neither, or not settled yet"), rest, "pending"),
    )
    labels = [Truncator(row.question).chars(_LONGEST_LABEL) for row in rows]
    return Chart(labels, series, title=_("Conversations"), stacked=True, lying=True)


def article_by_day(days: Sequence[date], happened: Sequence[ArticleDay]) -> Chart:
    """How often it was asked for, answered from and opened."""
    series = (
        Series(_("Asked"), [day.asked for day in happened], "soft"),
        Series(_("Answered"), [day.answered for day in happened], "ai"),
        Series(_("Opened in the help centre"), [day.opened for day in happened], "person"),
    )
    return Chart(day_labels(days), series, title=_("Times"))


def spreads(simulated: SimulatedSavings) -> Chart:
    """Money from P10 to P90."""
    shown: tuple[tuple[Promise, Spread], ...] = (
        (_("Cash released"), simulated.cash_released),
        (_("Net per year"), simulated.yearly_net),
        (_("Net in the first year"), simulated.first_year_net),
    )
    bars = Series(_("P10 to P90"), [[spread.p10, spread.p90] for _, spread in shown], "soft")
    middle = Series(_("P50"), [spread.p50 for _, spread in shown], "person", kind="dot")
    return Chart([str(label) for label, _ in shown], (bars, middle), unit="yuan", lying=True)
