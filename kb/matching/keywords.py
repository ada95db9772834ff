"""Words that rule an entry out: whatever the scores say, a message that holds one does not ask for that entry."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from kb.matching.normalise import Normaliser


@dataclass(frozen=True, slots=True)
class Keywords:
    """Which entries each word, folded as messages are, rules out, and how the word was written."""

    owners: tuple[tuple[re.Pattern[str], str, str], ...] = ()

    @classmethod
    def of(cls, keywords: Mapping[str, Iterable[str]]) -> Self:
        """From the words of each entry."""
        return cls(
            tuple(
                (_pattern(folded), word, id)
                for id, words in keywords.items()
                for word in words
                if (folded := Normaliser.folded(word).strip())
            )
        )

    def found_in(self, text: str) -> dict[str, str]:
        """The entries that the text rules out, each with a word that does it."""
        if not self.owners:
            return {}
        folded = Normaliser.folded(text)
        return {id: word for pattern, word, id in self.owners if pattern.search(folded)}


def _pattern(word: str) -> re.Pattern[str]:
    # A Latin word or a number counts as a whole: "tee" does not stand in "guarantee", nor 61 in 618.
    escaped = re.escape(word)
    return re.compile(rf"(?<![a-z0-9]){escaped}(?![a-z0-9])" if word.isascii() else escaped)
