"""Past questions asked of two states of the knowledge, side by side."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chat.bot.knowing import in_context
from chat.learning.past import PastQuestion
from kb.comparing import Change, Outcome, change
from kb.foresight import Prospect, outcome
from kb.live import Knowledge
from kb.matching import Decision, Match

# Questions between two looks at the clock.
STRETCH: Final = 25


@dataclass(frozen=True, slots=True)
class Compared:
    """A past question, and how who asks it fares now and then; `change` is None when he notices nothing."""

    question: PastQuestion
    before: Outcome
    after: Outcome
    change: Change | None


def compared(
    view: Prospect, questions: Sequence[PastQuestion], at: datetime, progress: Callable[[int], None]
) -> list[Compared]:
    """Every question asked of both; `progress` hears how many have been, now and then.

    Where customers of several kinds asked it and are told different things, it stands there once for each.
    """
    found: list[Compared] = []
    for done, question in enumerate(questions):
        if done % STRETCH == 0:
            progress(done)
        # Asked of both in turn, a text is turned into a vector only once.
        now, then = (_matched(knowledge, question) for knowledge in (view.live, view.then))
        counts: dict[tuple[Outcome, Outcome], tuple[int, int]] = {}
        for asker, times, customers in question.askers:
            situation = asker.situation(at)
            pair = (outcome(view.live, now, situation), outcome(view.then, then, situation))
            before = counts.get(pair, (0, 0))
            counts[pair] = (before[0] + times, before[1] + customers)
        for (before_it, after_it), (times, customers) in counts.items():
            part = question if len(counts) == 1 else replace(question, times=times, customers=customers)
            found.append(Compared(part, before_it, after_it, change(before_it, after_it)))
    return found


def worst_first(found: Iterable[Compared]) -> list[tuple[Change, Compared]]:
    """Those that change, in the order of Change, then the ones asked most often."""
    order = {one: place for place, one in enumerate(Change)}
    changing = [(one.change, one) for one in found if one.change is not None]
    return sorted(changing, key=lambda pair: (order[pair[0]], -pair[1].question.times))


def told_then(found: Iterable[Compared]) -> Counter[str]:
    """How many of the questions asked would be answered from each article, by its key."""
    told: Counter[str] = Counter()
    for one in found:
        if one.after.decision is Decision.ANSWER:
            told[one.after.keys[0]] += one.question.times
    return told


def _matched(knowledge: Knowledge, question: PastQuestion) -> Match:
    return in_context(knowledge.match, question.text, question.before)
