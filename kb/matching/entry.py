"""What goes into a matcher: the questions a shop has an answer for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One answerable question: its title, other ways to ask it, its answer, and wordings that are not it."""

    id: str
    question: str
    phrasings: tuple[str, ...] = ()
    answer: str = ""
    negatives: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """The question and its phrasings, blank and repeated ones left out, in their order."""
        asked = (text.strip() for text in (self.question, *self.phrasings))
        return tuple(dict.fromkeys(text for text in asked if text))
