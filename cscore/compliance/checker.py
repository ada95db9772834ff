"""Finds what may not be said. Pure: rules in, findings out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from cscore.compliance.folding import sentences
from cscore.compliance.negation import denied
from cscore.compliance.numbers import Span
from cscore.compliance.reading import Reading, Vocabulary
from cscore.compliance.rules import Action, Finding, Rule, Scope, without_overlaps
from cscore.compliance.template import Step, compile_template

compiled = lru_cache(maxsize=20_000)(compile_template)


class _Pattern:
    """One template of one rule, and the numbers of the word sets that must all stand in a sentence for it."""

    __slots__ = ("needs", "rule", "steps")

    def __init__(self, rule: int, template: str, vocabulary: Vocabulary) -> None:
        self.rule = rule
        self.steps: tuple[Step, ...] = compiled(template)
        self.needs = frozenset(vocabulary.numbers[step.words] for step in self.steps if step.words)

    def anchor(self) -> frozenset[str]:
        """The words of the most telling step: long words are rare in a text, and few words rarer than many."""
        return max((step.words for step in self.steps), key=_telling)


def _telling(words: frozenset[str]) -> tuple[int, int]:
    return min(map(len, words), default=0), -len(words)


class Checker:
    """An immutable set of rules, compiled once and shared by threads.

    Raises BadTemplate for a template that cannot be compiled, ValueError when two rules share a key.
    """

    __slots__ = ("_anchored", "_exceptions", "_vocabulary", "_wordless", "rules")

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        if len({rule.key for rule in self.rules}) < len(self.rules):
            raise ValueError("Two rules share a key.")
        self._vocabulary = Vocabulary(
            step for rule in self.rules for each in (*rule.words, *rule.exceptions) for step in compiled(each)
        )
        self._exceptions = [
            [_Pattern(number, each, self._vocabulary) for each in rule.exceptions]
            for number, rule in enumerate(self.rules)
        ]
        patterns = [
            _Pattern(number, each, self._vocabulary)
            for number, rule in enumerate(self.rules)
            for each in rule.words
        ]
        self._wordless = [pattern for pattern in patterns if not pattern.needs]
        self._anchored = _by_anchor(patterns)

    def find(self, text: str, *, scope: Scope, on: date) -> tuple[Finding, ...]:
        """What may not be said in this text, in the order of the text and without overlaps.

        Takes time linear in the text (and in the number of places where words of the rules stand); never raises.
        """
        if not self.rules:
            return ()
        return without_overlaps(
            _finding(self.rules[number], *reading.sentence.place(*span), text)
            for reading in map(self._vocabulary.read, sentences(text))
            for number, patterns in self._candidates(reading).items()
            if self.rules[number].holds(scope=scope, on=on)
            for span in self._standing(number, patterns, reading)
        )

    def replaced(self, text: str, *, scope: Scope, on: date) -> str:
        """The text with the suggestion of every REPLACE rule in the place of the words it found."""
        for finding in reversed(self.find(text, scope=scope, on=on)):
            if finding.action is Action.REPLACE:
                text = text[: finding.start] + finding.suggestion + text[finding.end :]
        return text

    def _candidates(self, reading: Reading) -> dict[int, list[_Pattern]]:
        """Rule -> those of its patterns whose parts all stand somewhere in the sentence."""
        patterns = set(self._wordless)
        for word in self._anchored.keys() & reading.ends.keys():
            patterns.update(pattern for pattern in self._anchored[word] if pattern.needs <= reading.sets)
        by_rule: dict[int, list[_Pattern]] = defaultdict(list)
        for pattern in patterns:
            by_rule[pattern.rule].append(pattern)
        return by_rule

    def _standing(self, rule: int, patterns: list[_Pattern], reading: Reading) -> Iterator[Span]:
        """The places that no exception touches and no negation denies."""
        forbidden = {span for pattern in patterns for span in reading.spans(pattern.steps)}
        if not forbidden:
            return
        excusing = (pattern.steps for pattern in self._exceptions[rule] if pattern.needs <= reading.sets)
        lawful = {index for steps in excusing for span in reading.spans(steps) for index in range(*span)}
        for start, end in forbidden:
            excused = not lawful.isdisjoint(range(start, end))
            if not excused and not denied(reading.sentence, start, end, self.rules[rule].negation):
                yield start, end


def _by_anchor(patterns: list[_Pattern]) -> dict[str, list[_Pattern]]:
    anchored: dict[str, list[_Pattern]] = defaultdict(list)
    for pattern in patterns:
        for word in pattern.anchor():
            anchored[word].append(pattern)
    return dict(anchored)


def _finding(rule: Rule, start: int, end: int, text: str) -> Finding:
    return Finding(
        rule.key,
        rule.family,
        start,
        end,
        text[start:end],
        rule.action,
        rule.severity,
        rule.clause,
        rule.suggestion,
    )
