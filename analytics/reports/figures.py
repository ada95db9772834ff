"""The figures of the mission over any set of cases, each with its parts, its lists and how long it is provisional."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.kpis import definitions
from analytics.kpis.cases import SELECTIONS, Case
from analytics.kpis.conversion import InquiryRule, inquiry_conversion
from analytics.kpis.definitions import Definition
from analytics.kpis.figures import Rate, ReplyTimes, csat, rate, reply_times
from analytics.kpis.outcomes import RECONTACT_WINDOW, ai_resolution, human_intervention

Cases = Sequence[Case]
FEWEST_TO_COMPARE = 30


class Unit(StrEnum):
    SHARE = "share"
    SECONDS = "seconds"


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Part:
    """A number beside the headline. `count` of `total`; `selection` names the list behind the count."""

    label: Promise
    value: float | None
    unit: Unit
    count: int | None = None
    total: int | None = None
    selection: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline. `value` is a share from 0 to 1 or seconds; None while nothing is known.

    `low`..`high` is the Wilson 95 % interval of a share. `numerator` and `denominator` are counts (of a response
    time: seconds and turns), and the two lists name the conversations behind them. While `pending` conversations
    are not known to their end the figure is provisional, `provisional_until` then if that can be said. `before` is the
    value of the period before, None when it stands on too few to compare with.
    """

    key: str
    title: Promise
    definition: Definition
    unit: Unit
    better: Better
    value: float | None
    numerator: float
    denominator: int
    numerator_list: str
    denominator_list: str
    low: float | None = None
    high: float | None = None
    parts: tuple[Part, ...] = ()
    pending: int = 0
    provisional_until: datetime | None = None
    before: float | None = None
    by_day: tuple[float | None, ...] = ()

    @property
    def change(self) -> float | None:
        """Against the period before: points of a share, or seconds."""
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def improved(self) -> bool | None:
        """None when there is nothing to compare, or no difference."""
        if not self.change:
            return None
        return (self.change > 0) == (self.better is Better.HIGHER)

    def beside(self, before: "Figure", by_day: Sequence["Figure"]) -> "Figure":
        """The same figure with what to compare it with."""
        enough = min(self.denominator, before.denominator) >= FEWEST_TO_COMPARE
        return replace(
            self, before=before.value if enough else None, by_day=tuple(day.value for day in by_day)
        )


def chosen(cases: Cases, selection: str) -> list[Case]:
    """The cases of a list."""
    return [case for case in cases if SELECTIONS[selection].holds(case)]


def resolution(cases: Cases, at: datetime) -> Figure:
    """AI resolution, with confirmed, assumed and the re-contact rate."""
    result = ai_resolution(case.settled_outcome for case in cases if case.bot_spoke)
    pending = chosen(cases, "ai_pending")
    ends = [case.closed_at or at for case in pending]
    until = max(ends) + RECONTACT_WINDOW if ends else None
    shown = _share_figure(
        definitions.AI_RESOLUTION_RATE, Better.HIGHER, result.resolved, ("ai_resolved", "ai_settled")
    )
    parts = (
        _part(_("Confirmed"), result.confirmed, "ai_confirmed"),
        _part(_("Assumed"), result.assumed, "ai_assumed"),
        _part(_("Came back"), result.came_back, "came_back"),
        _count(_("Not settled yet"), result.pending, "ai_pending"),
    )
    return replace(shown, parts=parts, pending=len(pending), provisional_until=until)


def intervention(cases: Cases, at: datetime) -> Figure:
    """How often a person had to write."""
    result = human_intervention(len(cases), len(chosen(cases, "with_person")))
    handed_over = rate(len(chosen(cases, "handed_over")), len(cases))
    abandoned = rate(len(chosen(cases, "abandoned")), len(cases))
    shown = _share_figure(definitions.HUMAN_INTERVENTION_RATE, Better.LOWER, result, ("with_person", "all"))
    parts = (
        _part(_("Handed over by the AI"), handed_over, "handed_over"),
        _part(_("Left without an answer"), abandoned, "abandoned"),
    )
    still_open = sum(case.closed_at is None for case in cases)
    return replace(shown, parts=parts, pending=still_open)


def bot_response(cases: Cases, at: datetime) -> Figure:
    """How long the AI takes."""
    seconds = [second for case in cases for second in case.bot_seconds]
    return _time_figure("response_bot", _("Response time of the AI"), seconds, "bot_replies")


def agent_response(cases: Cases, at: datetime) -> Figure:
    """How long people take."""
    seconds = [second for case in cases for second in case.agent_seconds]
    return _time_figure("response_people", _("Response time of people"), seconds, "agent_replies")


def satisfaction(cases: Cases, at: datetime) -> Figure:
    """CSAT with its response rate; never without its interval."""
    stars = [case.stars for case in chosen(cases, "rated") if case.stars]
    result = csat({number: stars.count(number) for number in set(stars)}, len(chosen(cases, "asked_to_rate")))
    shown = _share_figure(definitions.CSAT, Better.HIGHER, result.satisfied, ("satisfied", "rated"))
    return replace(shown, parts=(_part(_("Gave a rating"), result.answered, "rated"),))


def conversion(cases: Cases, at: datetime) -> Figure:
    """Inquiries that became orders."""
    found = [case.inquiry for case in cases if case.inquiry]
    result = inquiry_conversion(found)
    shown = _share_figure(
        definitions.INQUIRY_CONVERSION, Better.HIGHER, result.converted, ("converted", "inquiries")
    )
    closes = [inquiry.asked_at + InquiryRule().window for inquiry in found if inquiry.open]
    parts = (_count(_("24 hours not over"), result.open, "open_inquiries"),)
    until = max(closes) if closes else None
    return replace(shown, parts=parts, pending=result.open, provisional_until=until)


FIGURES: tuple[Callable[[Cases, datetime], Figure], ...] = (
    resolution,
    intervention,
    satisfaction,
    bot_response,
    agent_response,
    conversion,
)


def _share_figure(definition: Definition, better: Better, share: Rate, lists: tuple[str, str]) -> Figure:
    return Figure(
        key=definition.key,
        title=definition.title,
        definition=definition,
        unit=Unit.SHARE,
        better=better,
        value=share.share,
        numerator=share.numerator,
        denominator=share.denominator,
        numerator_list=lists[0],
        denominator_list=lists[1],
        low=share.low,
        high=share.high,
    )


def _time_figure(key: str, title: Promise, seconds: Sequence[float], selection: str) -> Figure:
    times = reply_times(seconds)
    return Figure(
        key=key,
        title=title,
        definition=definitions.AVERAGE_RESPONSE_TIME,
        unit=Unit.SECONDS,
        better=Better.LOWER,
        value=times.mean,
        numerator=sum(seconds),
        denominator=times.count,
        numerator_list=selection,
        denominator_list=selection,
        parts=_time_parts(times),
    )


def _time_parts(times: ReplyTimes) -> tuple[Part, ...]:
    return (
        Part(_("Half are faster than (p50)"), times.p50, Unit.SECONDS),
        Part(_("Nine in ten are faster than (p90)"), times.p90, Unit.SECONDS),
        _part(_("Within 30 seconds"), times.within_30, ""),
        _part(_("Within 180 seconds"), times.within_180, ""),
    )


def _part(label: Promise, share: Rate, selection: str) -> Part:
    return Part(label, share.share, Unit.SHARE, share.numerator, share.denominator, selection)


def _count(label: Promise, count: int, selection: str) -> Part:
    return Part(label, None, Unit.SHARE, count, None, selection)
