"""What a replay found, as it is kept with its row and as pages read it. Texts of customers are not kept."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from chat.learning.replaying import Compared, worst_first
from kb.comparing import Change, Outcome
from kb.golden import Regression
from kb.lookalikes import Lookalike
from kb.matching import Decision

# Rows beyond this are counted, not kept.
MOST_ROWS: Final = 2000


@dataclass(frozen=True, slots=True)
class Hit:
    """What the wording rules say of a draft and did not say of what is live; `told` customers' questions get it."""

    key: str
    words: str
    suggestion: str
    blocks: bool
    told: int


@dataclass(frozen=True, slots=True)
class Count:
    """How often something changes: questions as they were asked, and their different wordings."""

    times: int = 0
    wordings: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One wording that fares otherwise; `message` is the newest that asks it."""

    change: Change
    message: str
    times: int
    customers: int
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class Lost:
    """A golden question that the drafts would lose."""

    question: str
    key: str


@dataclass(frozen=True, slots=True)
class Result:
    """All that a finished replay found."""

    asked: Count
    counts: Mapping[Change, Count]
    rows: tuple[Row, ...]
    hits: tuple[Hit, ...]
    lost: tuple[Lost, ...]
    alike: tuple[Lookalike, ...]

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What as_json made."""
        texts = stored["texts"]
        return cls(
            Count(*stored["asked"]),
            {change: Count(*stored["counts"].get(change, (0, 0))) for change in Change},
            tuple(_row(row, texts) for row in stored["rows"]),
            tuple(Hit(**hit) for hit in stored["hits"]),
            tuple(Lost(**lost) for lost in stored["lost"]),
            tuple(Lookalike(**alike) for alike in stored["alike"]),
        )

    def times(self, change: Change) -> int:
        """How many of the questions that customers asked change in this way."""
        return self.counts[change].times

    @property
    def unchanged(self) -> int:
        """How many of the questions fare as before."""
        return self.asked.times - sum(count.times for count in self.counts.values())


def as_json(
    found: Sequence[Compared],
    hits: Iterable[Hit],
    lost: Iterable[Regression],
    alike: Iterable[Lookalike],
) -> dict[str, Any]:
    """What is kept: each text once, rows without the words of customers."""
    texts: dict[str, int] = {}
    times, wordings = Counter[Change](), Counter[Change]()
    changing = worst_first(found)
    for change, one in changing:
        times[change] += one.question.times
        wordings[change] += 1
    rows = [
        [
            change,
            str(one.question.message),
            one.question.times,
            one.question.customers,
            *(_fared(outcome, texts) for outcome in (one.before, one.after)),
        ]
        for change, one in changing[:MOST_ROWS]
    ]
    return {
        "asked": [sum(one.question.times for one in found), len({one.question.message for one in found})],
        "counts": {change: [count, wordings[change]] for change, count in times.items()},
        "rows": rows,
        "texts": list(texts),
        "hits": [asdict(hit) for hit in hits],
        "lost": [{"question": one.question, "key": one.key} for one in lost],
        "alike": [asdict(one) for one in alike],
    }


def _fared(outcome: Outcome, texts: dict[str, int]) -> list[Any]:
    return [outcome.decision, list(outcome.keys), texts.setdefault(outcome.text, len(texts))]


def _row(row: Sequence[Any], texts: Sequence[str]) -> Row:
    change, message, times, customers, before, after = row
    return Row(Change(change), message, times, customers, _outcome(before, texts), _outcome(after, texts))


def _outcome(stored: Sequence[Any], texts: Sequence[str]) -> Outcome:
    decision, keys, text = stored
    return Outcome(Decision(decision), tuple(keys), texts[text])
