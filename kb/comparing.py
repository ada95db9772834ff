"""What becomes of a question when the knowledge changes. Pure: values in, value out."""

from dataclasses import dataclass
from enum import StrEnum

from kb.matching import Decision


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the bot does with one question.

    `keys` are the article it answers from, or those it offers to choose from; `text` is what it answers.
    """

    decision: Decision
    keys: tuple[str, ...] = ()
    text: str = ""

    def is_right(self, key: str) -> int:
        """How well this serves who asked for the article: 2 answered from it, 1 it is offered, 0 neither."""
        if key not in self.keys:
            return 0
        return 2 if self.decision is Decision.ANSWER else 1


class Change(StrEnum):
    """How a customer fares otherwise than before; the order is that in which an editor wants to know."""

    LOST = "lost"
    AMBIGUOUS = "ambiguous"
    DIFFERENT = "different"
    ANSWERED = "answered"
    NOT_OFFERED = "not_offered"
    OFFERED = "offered"


# Decided before and after; what is not named here is no change that anybody would notice.
_CHANGES = {
    (Decision.ANSWER, Decision.HAND_OVER): Change.LOST,
    (Decision.ANSWER, Decision.OFFER): Change.AMBIGUOUS,
    (Decision.HAND_OVER, Decision.ANSWER): Change.ANSWERED,
    (Decision.OFFER, Decision.ANSWER): Change.ANSWERED,
    (Decision.OFFER, Decision.HAND_OVER): Change.NOT_OFFERED,
    (Decision.HAND_OVER, Decision.OFFER): Change.OFFERED,
}


def change(before: Outcome, after: Outcome) -> Change | None:
    """What changes for who asks this; None when he notices nothing."""
    if before.decision is after.decision is Decision.ANSWER:
        same = (before.keys, before.text) == (after.keys, after.text)
        return None if same else Change.DIFFERENT
    return _CHANGES.get((before.decision, after.decision))
