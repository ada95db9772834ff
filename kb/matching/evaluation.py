"""Asks a matcher questions whose answers are known, and counts: the same figures on a page and in a terminal."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kb.matching.match import Decision, Match
from kb.matching.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Question:
    """A message and the entry that answers it; `expected` is None for a message that no entry answers."""

    text: str
    expected: str | None
    previous: str = ""


class Verdict(StrEnum):
    """What became of one question."""

    RIGHT = "right"
    WRONG = "wrong"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One question, the match it got, and how long that took in seconds."""

    question: Question
    match: Match
    seconds: float

    @property
    def verdict(self) -> Verdict:
        """Refused unless the bot would answer; an answer to a question without one is wrong."""
        if self.match.decision is not Decision.ANSWER:
            return Verdict.REFUSED
        return Verdict.RIGHT if self.rank == 1 else Verdict.WRONG

    @property
    def rank(self) -> int | None:
        """The place of the expected entry among the candidates, from 1; None when it is not there."""
        ids = [candidate.id for candidate in self.match.candidates]
        return ids.index(self.question.expected) + 1 if self.question.expected in ids else None

    @property
    def confidence(self) -> float:
        """How sure the matcher was of its best candidate; 0 without one."""
        return self.match.candidates[0].confidence if self.match.candidates else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What the judgements add up to. A figure with nothing to divide by is None.

    top1, top3, mrr: over in-scope questions, those that an entry answers, whatever the matcher decided.
    auroc: the chance that an in-scope question gets a higher confidence than an out-of-scope one.
    coverage: the share of in-scope questions answered, that is above the matcher's own answer threshold.
    precision: the share of answered in-scope questions answered rightly.
    precision_all: the same among all answered questions; an answer to an out-of-scope question is wrong.
    oos_recall: the share of out-of-scope questions not answered.
    p50_ms, p99_ms: time of one question, median and 99th percentile.
    """

    in_scope: int
    out_of_scope: int
    top1: float | None
    top3: float | None
    mrr: float | None
    auroc: float | None
    coverage: float | None
    precision: float | None
    precision_all: float | None
    oos_recall: float | None
    p50_ms: float | None
    p99_ms: float | None


def judge(matcher: Matcher, questions: Iterable[Question]) -> list[Judgement]:
    """Ask every question once, one after the other."""
    return [_asked(matcher, question) for question in questions]


def figures(judgements: Sequence[Judgement]) -> Figures:
    """Add the judgements up."""
    inside = [judged for judged in judgements if judged.question.expected is not None]
    outside = [judged for judged in judgements if judged.question.expected is None]
    answered = [judged for judged in inside if judged.verdict is not Verdict.REFUSED]
    wrongly = [judged for judged in outside if judged.verdict is not Verdict.REFUSED]
    milliseconds = [judged.seconds * 1000 for judged in judgements]
    return Figures(
        in_scope=len(inside),
        out_of_scope=len(outside),
        top1=_mean(judged.rank == 1 for judged in inside),
        top3=_mean((judged.rank or 4) <= 3 for judged in inside),
        mrr=_mean(1 / judged.rank if judged.rank else 0.0 for judged in inside),
        auroc=auroc([judged.confidence for judged in inside], [judged.confidence for judged in outside]),
        coverage=_mean(judged.verdict is not Verdict.REFUSED for judged in inside),
        precision=_mean(judged.verdict is Verdict.RIGHT for judged in answered),
        precision_all=_mean(judged.verdict is Verdict.RIGHT for judged in [*answered, *wrongly]),
        oos_recall=_mean(judged.verdict is Verdict.REFUSED for judged in outside),
        p50_ms=float(np.percentile(milliseconds, 50)) if milliseconds else None,
        p99_ms=float(np.percentile(milliseconds, 99)) if milliseconds else None,
    )


def confusions(judgements: Iterable[Judgement]) -> list[tuple[str | None, str, int]]:
    """Which entry was answered instead of which, and how often, most often first; None is out of scope."""
    wrong = (judged for judged in judgements if judged.verdict is Verdict.WRONG)
    pairs = Counter((judged.question.expected, judged.match.candidates[0].id) for judged in wrong)
    return [(expected, given, count) for (expected, given), count in pairs.most_common()]


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """Area under the ROC curve of scores, ties counting half (the Mann-Whitney statistic)."""
    if not inside or not outside:
        return None
    below = np.sort(outside)
    beaten = np.searchsorted(below, inside, side="left") + np.searchsorted(below, inside, side="right")
    return float(beaten.mean() / 2 / len(outside))


def _asked(matcher: Matcher, question: Question) -> Judgement:
    begin = time.perf_counter()
    match = matcher.match(question.text, previous=question.previous)
    return Judgement(question, match, time.perf_counter() - begin)


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return float(np.mean(listed)) if listed else None
