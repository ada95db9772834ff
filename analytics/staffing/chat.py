"""Agents who serve several chats at a time: what goes on inside one agent, and across the team.

Inside an agent a closed queue (exact mean value analysis, Reiser and Lavenberg 1980): each of k chats is either
waiting for the agent's next reply or with the customer, who is reading and typing. Across the team a
birth-death queue whose completion rates come from the first model. With one chat at a time it is Erlang A.
"""

from dataclasses import dataclass

import numpy as np

from analytics.inputs import between, not_negative, positive
from analytics.staffing.impatience import Floats, impatient_queue
from analytics.staffing.service import Arrivals, Service
from analytics.staffing.targets import Targets, Team, smallest_team

MOST_CHATS = 50


@dataclass(frozen=True, slots=True)
class ChatWork:
    """How chats of this shop run, measured from its own messages.

    `reply_seconds`: agent work for one reply, from agents who were busy. `customer_seconds`: from a reply to
    the customer's next message. `patience_seconds`: how long customers wait for a free agent, on average.
    """

    reply_seconds: float
    customer_seconds: float
    replies_per_chat: float
    patience_seconds: float

    def __post_init__(self) -> None:
        positive(
            reply_seconds=self.reply_seconds,
            replies_per_chat=self.replies_per_chat,
            patience_seconds=self.patience_seconds,
        )
        not_negative(customer_seconds=self.customer_seconds)

    @property
    def single_chat_seconds(self) -> float:
        """Handle time of a chat that has its agent alone."""
        return self.replies_per_chat * (self.reply_seconds + self.customer_seconds)


@dataclass(frozen=True, slots=True)
class Concurrency:
    """One agent with so many `chats`: mean time to one reply and mean time of a whole chat.

    `concurrencies` derives them from `ChatWork`; a shop that measured them at every level may give its own.
    """

    chats: int
    reply_seconds: float
    handle_seconds: float

    def __post_init__(self) -> None:
        positive(chats=self.chats, handle_seconds=self.handle_seconds)
        not_negative(reply_seconds=self.reply_seconds)

    @property
    def chats_per_hour(self) -> float:
        """What one agent finishes in an hour at this level."""
        return 3600 * self.chats / self.handle_seconds


Levels = tuple[Concurrency, ...]
"""One agent with 1, 2 ... k chats, in this order; k is what an agent may have at a time."""


def concurrencies(work: ChatWork, chats_at_a_time: int) -> Levels:
    """Exact mean value analysis: R_j = S (1 + Q_{j-1}), X_j = j / (R_j + Z), Q_j = X_j R_j."""
    between(1, MOST_CHATS, chats_at_a_time=chats_at_a_time)
    levels, queued = [], 0.0
    for chats in range(1, chats_at_a_time + 1):
        reply = work.reply_seconds * (1 + queued)
        round_trip = reply + work.customer_seconds
        queued = chats * reply / round_trip
        levels.append(Concurrency(chats, reply, work.replies_per_chat * round_trip))
    return tuple(levels)


def most_chats_in_time(work: ChatWork, reply_seconds: float) -> int:
    """The most chats at a time with a mean reply within `reply_seconds`; 0 when even one is too slow."""
    positive(reply_seconds=reply_seconds)
    return sum(level.reply_seconds <= reply_seconds for level in concurrencies(work, MOST_CHATS))


def completion_rates(levels: Levels, agents: int) -> Floats:
    """Chats finished per second by the whole team with 1, 2 ... agents x k chats spread evenly.

    Entry i - 1 belongs to i chats: of N agents, i mod N have one chat more than the others' i div N.
    """
    by_one = np.array([0.0] + [level.chats / level.handle_seconds for level in levels])
    each, more = np.divmod(np.arange(1, agents * len(levels) + 1), agents)
    busier = np.minimum(each + 1, len(levels))
    rates: Floats = (agents - more) * by_one[each] + more * by_one[busier]
    return rates


def chat_service(
    arrivals: Arrivals, *, levels: Levels, patience_seconds: float, agents: int, within_seconds: float
) -> Service:
    """What `agents` with up to len(levels) chats each give; a customer is "taken" when an agent opens the chat."""
    positive(agents=agents, chats_at_a_time=len(levels))
    if arrivals.contacts == 0:
        return Service.idle(agents)
    queue = impatient_queue(
        arrivals.per_second,
        completion_rates(levels, agents),
        patience_seconds=patience_seconds,
        within_seconds=within_seconds,
    )
    return Service(
        agents=agents,
        wait_probability=queue.wait_probability,
        service_level=queue.served_in_time,
        mean_wait_seconds=queue.mean_wait_seconds,
        abandonment=queue.abandonment,
        occupancy=queue.mean_in_service / (agents * len(levels)),
        reply_seconds=levels[-1].reply_seconds,
    )


def chat_team(
    arrivals: Arrivals, *, levels: Levels, patience_seconds: float, targets: Targets, at_least: int = 1
) -> Team:
    """The fewest agents that keep the targets with up to len(levels) chats each."""

    def service_with(agents: int) -> Service:
        return chat_service(
            arrivals,
            levels=levels,
            patience_seconds=patience_seconds,
            agents=agents,
            within_seconds=targets.within_seconds,
        )

    return smallest_team(service_with, targets, at_least)
