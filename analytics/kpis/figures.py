"""Shares with their uncertainty, percentiles from raw lists, and customer satisfaction."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from analytics.inputs import between, not_negative

Z_95 = 1.959963984540054
SATISFIED_FROM, MOST_STARS = 4, 5
FEWEST_RATINGS_TO_RANK = 30


@dataclass(frozen=True, slots=True)
class Rate:
    """`numerator` of `denominator`, with the Wilson 95 % interval `low`..`high`.

    Over nothing, `share` is None and the interval is 0..1: nothing is known.
    """

    numerator: int
    denominator: int
    share: float | None
    low: float
    high: float


def rate(numerator: int, denominator: int) -> Rate:
    """A share that says how sure it is. Refuses more hits than tries."""
    between(0, denominator, numerator=numerator)
    share = numerator / denominator if denominator else None
    return Rate(numerator, denominator, share, *wilson(numerator, denominator))


def wilson(hits: int, tries: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson score interval (1927), sound for few tries and for shares near 0 or 1."""
    not_negative(tries=tries)
    between(0, tries, hits=hits)
    if tries == 0:
        return 0.0, 1.0
    share, shrink = hits / tries, 1 + z * z / tries
    middle = (share + z * z / (2 * tries)) / shrink
    half = z / shrink * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    low = 0.0 if hits == 0 else middle - half
    high = 1.0 if hits == tries else middle + half
    return low, high


def percentile(values: Iterable[float], share: float) -> float | None:
    """The value below which `share` (0 to 1) of the raw values lie, linear between two; None of nothing."""
    between(0.0, 1.0, share=share)
    raw = list(values)
    return float(np.quantile(raw, share)) if raw else None


@dataclass(frozen=True, slots=True)
class ReplyTimes:
    """Seconds from question to answer over `count` answered turns; None where there is none.

    `within_30` and `within_180` are shares of the answered turns.
    """

    count: int
    mean: float | None
    p50: float | None
    p90: float | None
    within_30: Rate
    within_180: Rate


def reply_times(seconds: Iterable[float]) -> ReplyTimes:
    """The figures of one responder kind; never add or average these, go back to the raw list."""
    raw = list(seconds)
    return ReplyTimes(
        count=len(raw),
        mean=math.fsum(raw) / len(raw) if raw else None,
        p50=percentile(raw, 0.5),
        p90=percentile(raw, 0.9),
        within_30=rate(sum(value <= 30 for value in raw), len(raw)),
        within_180=rate(sum(value <= 180 for value in raw), len(raw)),
    )


@dataclass(frozen=True, slots=True)
class Csat:
    """`satisfied`: 4 and 5 stars of all ratings. `answered`: ratings of all surveys sent.

    `may_rank` is False under 30 ratings: too few to compare people by.
    """

    satisfied: Rate
    answered: Rate
    may_rank: bool


def csat(ratings_by_stars: Mapping[int, int], surveys_sent: int) -> Csat:
    """Customer satisfaction from the number of ratings with each number of stars, 1 to 5."""
    not_negative(surveys_sent=surveys_sent)
    for stars, count in ratings_by_stars.items():
        between(1, MOST_STARS, stars=stars)
        not_negative(ratings=count)
    rated = sum(ratings_by_stars.values())
    happy = sum(count for stars, count in ratings_by_stars.items() if stars >= SATISFIED_FROM)
    return Csat(rate(happy, rated), rate(rated, surveys_sent), rated >= FEWEST_RATINGS_TO_RANK)
