"""A queue whose customers give up: the stationary birth-death chain behind Erlang A and behind chats."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from analytics.inputs import between, not_negative, positive

MOST_STATES = 5_000_000
# A tail of 10 standard deviations and 60 states more weighs less than a double can hold beside 1.
TAIL_DEVIATIONS, TAIL_STATES = 10.0, 60

Floats = NDArray[np.float64]
Counts = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Queue:
    """The long run of one interval. Shares are of all arrivals, `served_in_time` counts who gives up as late."""

    wait_probability: float
    served_in_time: float
    mean_in_service: float
    mean_wait_seconds: float
    abandonment: float


def impatient_queue(
    arrivals_per_second: float, completions: Floats, *, patience_seconds: float, within_seconds: float
) -> Queue:
    """Solve the chain with Poisson arrivals and exponential patience.

    `completions[i]` is the rate per second at which i + 1 customers in service finish, for every place there
    is; it must not be empty. When all places are taken customers queue, first come first served, and each
    gives up at rate 1 / `patience_seconds`. Weights are logarithms, so no power or factorial can overflow.
    """
    positive(arrivals_per_second=arrivals_per_second, patience_seconds=patience_seconds)
    not_negative(within_seconds=within_seconds)
    places, give_up = len(completions), 1 / patience_seconds
    line = _line_that_matters(arrivals_per_second, float(completions[-1]), give_up)
    deaths = np.concatenate((completions, completions[-1] + give_up * np.arange(1, line + 1)))
    weights = np.concatenate(((0.0,), np.cumsum(math.log(arrivals_per_second) - np.log(deaths))))
    chance = np.exp(weights - weights.max())
    chance /= chance.sum()

    waiting = chance[places:]
    mean_wait = float(waiting @ np.arange(len(waiting))) / arrivals_per_second
    soon = _served_in_time(np.arange(len(waiting)), completions[-1] / give_up, give_up * within_seconds)
    return Queue(
        wait_probability=float(waiting.sum()),
        served_in_time=float(chance[:places].sum() + waiting @ soon),
        mean_in_service=float(chance @ np.minimum(np.arange(len(chance)), places)),
        mean_wait_seconds=mean_wait,
        abandonment=give_up * mean_wait,
    )


def _line_that_matters(arriving: float, finishing: float, give_up: float) -> int:
    """How long a line must be looked at: the overload that impatience balances, and a tail beyond it."""
    balance = max(0.0, arriving - finishing) / give_up
    line = balance + TAIL_DEVIATIONS * math.sqrt(max(arriving, finishing) / give_up) + TAIL_STATES
    between(0, MOST_STATES, people_in_line=line)
    return math.ceil(line)


def _served_in_time(ahead: Counts, ratio: float, patience_spent: float) -> Floats:
    """The chance to be served in time with so many `ahead` in the line.

    The line moves at rates c, c + g, c + 2g ... (c: completions, g: giving up, `ratio` = c / g), so
    exp(-g * wait) has a Beta(ratio, ahead + 1) law; weighing it by the chance of not having given up
    oneself leaves an incomplete beta function. `patience_spent` is g times the time allowed.
    """
    reach: Floats = betainc(ahead + 1, ratio + 1, -math.expm1(-patience_spent))
    return ratio / (ratio + ahead + 1) * reach
