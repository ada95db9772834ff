"""How sure the bot must be: what training measured at every threshold, and what last week would have been at others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from analytics.queries.matched import Said, matched_turns, thumbs_said
from cscore.commerce.models import Shop
from kb import live, trainings
from kb.matching import Decision, Matcher, Point, Report, Thresholds, Trial
from kb.matching.replay import PastTurn, replay
from kb.matching.verdicts import Heard
from kb.queries import Asked
from kb.trainings import HEARD, Confused, Decline

LAST_WEEK: Final = timedelta(days=7)
# Shares of right answers that a shop may think of asking for.
ASKABLE: Final = (0.85, 0.90, 0.93, 0.95, 0.97, 0.98, 0.99)
HEIGHTS: Final = tuple(step / 50 for step in range(51))


@dataclass(frozen=True, slots=True)
class Week:
    """What became, or would have become, of the last seven days' questions to the knowledge."""

    answered: int
    offered: int
    handed_over: int


@dataclass(frozen=True, slots=True)
class Option:
    """One share of right answers to ask for, and what follows from it; `is_asked` marks the shop's own."""

    asked: float
    is_asked: bool
    thresholds: Thresholds
    point: Point
    week: Week


@dataclass(frozen=True, slots=True)
class Thumbs:
    """What people `said` of answers, what the newest training `heard` of it, and what that moved: thresholds and
    coverage `before`, without anybody's verdict, and `after`."""

    said: Sequence[Said]
    heard: Heard
    before: tuple[Thresholds, Point]
    after: tuple[Thresholds, Point]

    @property
    def count(self) -> int:
        return sum(said.count for said in self.said)


@dataclass(frozen=True, slots=True)
class ConfidenceReport:
    """`report`, `points` and `options` speak of wordings left out in training, `turns` of customers' questions."""

    release: int
    trained: int
    asked: Asked
    thresholds: Thresholds
    report: Report
    points: Sequence[Point]
    options: Sequence[Option]
    turns: int
    as_it_was: Week
    confused: Sequence[Confused]
    decline: Decline | None
    thumbs: Thumbs

    @property
    def falls_short(self) -> bool:
        """Whether fewer answers are right than asked."""
        return trainings.falls_short(self.report)


def confidence_report(shop: Shop, at: datetime) -> ConfidenceReport:
    """Everything on the page. Eight queries when the knowledge is at hand."""
    knowledge = live.knowledge(shop.pk)
    turns, exact = matched_turns(shop, at - LAST_WEEK, at)
    matcher, asked = knowledge.matcher, knowledge.edition.asked
    decided = [turn.decision for turn in turns]
    return ConfidenceReport(
        release=knowledge.release,
        trained=knowledge.trained,
        asked=asked,
        thresholds=matcher.thresholds,
        report=matcher.report,
        points=matcher.trial.curve(HEIGHTS),
        options=[_option(matcher, share, asked, turns, exact) for share in sorted({*ASKABLE, asked.answer})],
        turns=len(turns) + exact,
        as_it_was=_week({decision: decided.count(decision) for decision in Decision}, exact),
        confused=trainings.confused(shop.pk),
        decline=next(iter(trainings.declines(Shop.objects.filter(pk=shop.pk))), None),
        thumbs=Thumbs(
            thumbs_said(shop, at - HEARD, at),
            matcher.trial.heard,
            _kept(matcher.trial.unmoved(), asked),
            _kept(matcher.trial, asked),
        ),
    )


def _kept(trial: Trial, asked: Asked) -> tuple[Thresholds, Point]:
    """The thresholds that keep what is asked in this trial, and what answering from there means."""
    thresholds = trial.thresholds(asked.answer, asked.offer)
    [point] = trial.curve([thresholds.answer])
    return thresholds, point


def _option(matcher: Matcher, share: float, asked: Asked, turns: Sequence[PastTurn], exact: int) -> Option:
    thresholds = matcher.trial.thresholds(share, min(asked.offer, share))
    [point] = matcher.trial.curve([thresholds.answer])
    return Option(share, share == asked.answer, thresholds, point, _week(replay(turns, thresholds), exact))


def _week(counts: dict[Decision, int], exact: int) -> Week:
    """Questions known word for word are answered under any threshold."""
    return Week(counts[Decision.ANSWER] + exact, counts[Decision.OFFER], counts[Decision.HAND_OVER])
