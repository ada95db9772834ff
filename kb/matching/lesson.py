"""Entries as the texts there are to learn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kb.matching.entry import Entry

# The id under which messages stand that no entry answers.
REJECT: Final = ""
# How much of an answer is read: its beginning says what it is about.
_READ: Final = 300

Grouped = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Ids, and in the same order the wordings, answers and negatives of each."""

    ids: tuple[str, ...]
    wordings: Grouped
    answers: Grouped
    negatives: Grouped

    @classmethod
    def of(cls, entries: Sequence[Entry], rejects: Sequence[str] = ()) -> "Lesson":
        """These entries; rejected messages are the wordings of an entry of their own, the last."""
        refused = [Entry(REJECT, "", tuple(rejects))] if rejects else []
        listed = [*entries, *refused]
        return cls(
            tuple(entry.id for entry in listed),
            tuple(entry.wordings for entry in listed),
            tuple((entry.answer[:_READ],) if entry.answer.strip() else () for entry in listed),
            tuple(entry.negatives for entry in listed),
        )

    @property
    def named(self) -> int:
        """How many of the ids are entries; REJECT may follow them."""
        return len(self.ids) - (REJECT in self.ids)


def flat(grouped: Grouped) -> list[str]:
    """The texts of all groups in one list."""
    return [text for texts in grouped for text in texts]
