"""One sentence, read once: which words of the rules stand in it, and where a chain of steps does."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import ahocorasick

from cscore.compliance.chains import chains
from cscore.compliance.folding import Folded
from cscore.compliance.numbers import Kind, Span, find_numbers
from cscore.compliance.template import Step

Words = frozenset[str]


class Vocabulary:
    """All words of all steps, found in one pass over a text (Aho and Corasick, 1975). A set of words has a number,
    so that a text can say quickly which sets it has a word of."""

    __slots__ = ("_automaton", "_owners", "numbers")

    def __init__(self, steps: Iterable[Step]) -> None:
        self.numbers: dict[Words, int] = {}
        owners: dict[str, list[int]] = defaultdict(list)
        for words in (step.words for step in steps if step.words):
            if words not in self.numbers:
                self.numbers[words] = len(self.numbers)
                for word in words:
                    owners[word].append(self.numbers[words])
        self._owners = {word: frozenset(owned) for word, owned in owners.items()}
        self._automaton = ahocorasick.Automaton()
        for word in owners:
            self._automaton.add_word(word, word)
        self._automaton.make_automaton()

    def read(self, sentence: Folded) -> "Reading":
        """What stands in this sentence."""
        ends: dict[str, list[int]] = defaultdict(list)
        if self._owners:
            for last, word in self._automaton.iter(sentence.text):
                ends[word].append(last)
        return Reading(sentence, ends, frozenset().union(*map(self._owners.__getitem__, ends)))


class Reading:
    """The words of a sentence with the index of their last characters, and the numbers of the sets they are from."""

    def __init__(self, sentence: Folded, ends: dict[str, list[int]], sets: frozenset[int]) -> None:
        self.sentence, self.ends, self.sets = sentence, ends, sets
        self._numbers: dict[Kind, list[Span]] = {}

    def spans(self, steps: Sequence[Step]) -> list[Span]:
        """Where these steps follow one another."""
        places = []
        for step in steps:
            places.append(self._worded(step.words) if step.words else self._numbered(step))
            if not places[-1]:
                return []
        return chains(steps, places)

    def _worded(self, words: Words) -> list[Span]:
        return sorted(
            (last + 1 - len(word), last + 1)
            for word in self.ends.keys() & words
            for last in self.ends[word]
            if self.sentence.reads(last + 1 - len(word), last + 1)
        )

    def _numbered(self, step: Step) -> list[Span]:
        if step.kind is None:
            return []
        if step.kind not in self._numbers:
            self._numbers[step.kind] = find_numbers(step.kind, self.sentence)
        least, most = step.length
        return [(start, end) for start, end in self._numbers[step.kind] if least <= end - start <= most]
