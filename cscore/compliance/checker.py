"""Finds what may not be said. Pure: rules in, findings out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

import ahocorasick

from cscore.compliance.chains import chains
from cscore.compliance.folding import Folded, fold
from cscore.compliance.negation import denied
from cscore.compliance.numbers import Kind, Span, find_numbers
from cscore.compliance.rules import Action, Finding, Rule, Scope, without_overlaps
from cscore.compliance.template import Step, compile_template

compiled = cache(compile_template)


class _Pattern:
    """One template of one rule: words it forbids, or a context that excuses them."""

    __slots__ = ("excuses", "rule", "steps", "worded")

    def __init__(self, rule: int, template: str, *, excuses: bool) -> None:
        self.rule, self.steps, self.excuses = rule, compiled(template), excuses
        self.worded = sum(1 for step in self.steps if step.words)


class Checker:
    """An immutable set of rules, compiled once and shared by threads.

    Raises BadTemplate for a template that cannot be compiled, ValueError when two rules share a key.
    """

    __slots__ = ("_automaton", "_patterns", "_wordless", "rules")

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        if len({rule.key for rule in self.rules}) < len(self.rules):
            raise ValueError("Two rules share a key.")
        self._patterns = tuple(_patterns(self.rules))
        self._wordless = tuple(number for number, pattern in enumerate(self._patterns) if not pattern.worded)
        self._automaton = _automaton(self._patterns)

    def find(self, text: str, *, scope: Scope, on: date) -> tuple[Finding, ...]:
        """What may not be said in this text, in the order of the text and without overlaps.

        Takes time linear in the text (and in the number of places where words of the rules stand); never raises.
        """
        folded = fold(text)
        forbidden: dict[int, list[Span]] = defaultdict(list)
        excused: dict[int, list[Span]] = defaultdict(list)
        for pattern, spans in self._matches(folded):
            (excused if pattern.excuses else forbidden)[pattern.rule].extend(spans)
        return without_overlaps(
            _finding(self.rules[number], *folded.place(*span), text)
            for number, spans in forbidden.items()
            if self.rules[number].holds(scope=scope, on=on)
            for span in _standing(self.rules[number], spans, excused[number], folded)
        )

    def replaced(self, text: str, *, scope: Scope, on: date) -> str:
        """The text with the suggestion of every REPLACE rule in the place of the words it found."""
        for finding in reversed(self.find(text, scope=scope, on=on)):
            if finding.action is Action.REPLACE:
                text = text[: finding.start] + finding.suggestion + text[finding.end :]
        return text

    def _matches(self, folded: Folded) -> Iterator[tuple[_Pattern, list[Span]]]:
        numbers: dict[Kind, list[Span]] = {}
        words = self._words(folded)
        for number in (*words, *self._wordless):
            pattern, places = self._patterns[number], words.get(number, {})
            if len(places) == pattern.worded:
                every = [
                    places[i] if i in places else _numbers(step, folded, numbers)
                    for i, step in enumerate(pattern.steps)
                ]
                if spans := chains(pattern.steps, every, folded):
                    yield pattern, spans

    def _words(self, folded: Folded) -> dict[int, dict[int, list[Span]]]:
        """Pattern -> step -> where its words stand."""
        found: dict[int, dict[int, list[Span]]] = {}
        if not len(self._automaton):
            return found
        for last, (length, owners) in self._automaton.iter(folded.text):
            span = (last + 1 - length, last + 1)
            if folded.reads(*span):
                for pattern, step in owners:
                    found.setdefault(pattern, {}).setdefault(step, []).append(span)
        return found


def _patterns(rules: tuple[Rule, ...]) -> Iterator[_Pattern]:
    for number, rule in enumerate(rules):
        yield from (_Pattern(number, word, excuses=False) for word in rule.words)
        yield from (_Pattern(number, context, excuses=True) for context in rule.exceptions)


def _automaton(patterns: tuple[_Pattern, ...]) -> ahocorasick.Automaton:
    owners: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, pattern in enumerate(patterns):
        for index, step in enumerate(pattern.steps):
            for word in step.words:
                owners[word].append((number, index))
    automaton = ahocorasick.Automaton()
    for word, owned in owners.items():
        automaton.add_word(word, (len(word), tuple(owned)))
    automaton.make_automaton()
    return automaton


def _numbers(step: Step, folded: Folded, known: dict[Kind, list[Span]]) -> list[Span]:
    if step.kind is None:
        return []
    if step.kind not in known:
        known[step.kind] = find_numbers(step.kind, folded)
    least, most = step.length
    return [(start, end) for start, end in known[step.kind] if least <= end - start <= most]


def _standing(rule: Rule, spans: list[Span], excused: list[Span], folded: Folded) -> Iterator[Span]:
    """The places that no exception touches and no negation denies."""
    lawful = {index for start, end in excused for index in range(start, end)}
    for start, end in spans:
        if lawful.isdisjoint(range(start, end)) and not denied(folded, start, end, rule.negation):
            yield start, end


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
