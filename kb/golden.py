"""Golden questions: what some change of the knowledge would make of the answers that must not be lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kb.comparing import Outcome
from kb.foresight import Prospect, outcome
from kb.live import Knowledge
from kb.models import GoldenQuestion

# Each takes a few milliseconds, and whoever publishes waits.
MOST_KEPT: Final = 300


@dataclass(frozen=True, slots=True)
class Regression:
    """A golden question that is served less well than now; `then` is what its customers would get instead."""

    question: str
    key: str
    now: Outcome
    then: Outcome


def questions_of(shop_id: int) -> list[tuple[str, str]]:
    """The shop's golden questions with the keys of their articles."""
    rows = GoldenQuestion.objects.filter(shop=shop_id).order_by("pk")
    return list(rows.values_list("question", "article__key"))


def asked(knowledge: Knowledge, question: str) -> Outcome:
    """What the bot does with the question when a customer begins with it."""
    return outcome(knowledge, knowledge.match(question))


def regressions(golden: Iterable[tuple[str, str]], prospect: Prospect) -> list[Regression]:
    """The golden questions that are answered rightly, or offer the right article, and would not do so as well."""
    found = []
    for question, key in golden:
        now, then = asked(prospect.live, question), asked(prospect.then, question)
        if then.is_right(key) < now.is_right(key):
            found.append(Regression(question, key, now, then))
    return found
