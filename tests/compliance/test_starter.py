"""The starter rules against sentences written apart from them. The `fresh` half was written after the rules and
nothing was changed to suit it: its recall is what a shop may expect of words nobody thought of."""

import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from cscore.compliance.checker import Checker
from cscore.compliance.rules import Action, Family, Finding, Rule, Scope
from cscore.compliance.starter import starter_rules
from tests.compliance.rulebook import NEW_YEAR, found, sentences

REAL = Path(__file__).parents[3] / "shared" / "data" / "compliance_zh" / "real_agent_replies.jsonl"
LOUD = {Action.BLOCK, Action.REPLACE, Action.WARN}


@cache
def starter() -> Checker:
    return Checker(starter_rules())


def find(text: str) -> tuple[Finding, ...]:
    return starter().find(text, scope=Scope.AGENT, on=NEW_YEAR)


def share(texts: Iterable[str], actions: set[Action]) -> float:
    """The share of texts in which a rule with one of these actions finds something."""
    hits = [any(finding.action in actions for finding in find(text)) for text in texts]
    return sum(hits) / len(hits)


def test_there_are_rules_of_every_family() -> None:
    counts = Counter(rule.family for rule in starter_rules())

    assert len(starter_rules()) >= 220
    assert set(counts) == set(Family)
    assert min(counts.values()) >= 10


@pytest.mark.parametrize("rule", starter_rules(), ids=lambda rule: rule.key)
def test_a_rule_finds_its_own_example_and_says_what_to_do(rule: Rule) -> None:
    assert found(rule.example, rule)
    assert rule.clause
    assert rule.suggestion


def test_a_suggestion_is_itself_lawful() -> None:
    blocked = [
        rule.key for rule in starter_rules() if any(finding.blocks for finding in find(rule.suggestion))
    ]

    assert blocked == []


@pytest.mark.parametrize(("half", "least"), [("first", 0.97), ("second", 0.95), ("fresh", 0.45)])
def test_unlawful_sentences_are_found(half: str, least: float) -> None:
    texts = [row["text"] for row in sentences("unlawful.jsonl") if row["half"] == half]

    assert share(texts, LOUD) >= least


def test_nearly_every_finding_names_the_right_family() -> None:
    rows = [(row, find(row["text"])) for row in sentences("unlawful.jsonl")]
    named = [any(each.family == row["family"] for each in findings) for row, findings in rows if findings]

    assert sum(named) / len(named) >= 0.93


@pytest.mark.parametrize("half", ["first", "second", "fresh"])
def test_lawful_near_misses_pass(half: str) -> None:
    texts = [row["text"] for row in sentences("lawful.jsonl") if row["half"] == half]

    assert share(texts, LOUD) <= 0.01


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert len(sentences("unlawful.jsonl")) >= 300
    assert len(sentences("lawful.jsonl")) >= 300


@pytest.mark.skipif(
    not REAL.exists(), reason="real agent replies are not beside the project (../shared/data)"
)
def test_real_agents_are_hardly_ever_stopped_or_warned() -> None:
    texts = [json.loads(line)["text"] for line in REAL.read_text(encoding="utf-8").splitlines()]

    assert share(texts, {Action.BLOCK, Action.REPLACE}) < 0.003
    assert share(texts, {Action.WARN}) < 0.02
