"""The smallest valid rule, and the lists of sentences the starter rules are measured with."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from cscore.compliance.checker import Checker
from cscore.compliance.rules import Action, Family, Finding, Rule, Scope, Severity

NEW_YEAR = date(2026, 1, 1)
HERE = Path(__file__).parent


def rule(*words: str, **changes: Any) -> Rule:
    """A rule against these words that blocks; every test changes only what it is about."""
    row: dict[str, Any] = {
        "key": "tested",
        "family": Family.ABSOLUTE,
        "words": words,
        "action": Action.BLOCK,
        "severity": Severity.SERIOUS,
        "clause": "《广告法》第九条",
        "suggestion": "很好",
    }
    return Rule(**{**row, **changes})


def found(text: str, *rules: Rule) -> tuple[Finding, ...]:
    return Checker(rules).find(text, scope=Scope.AGENT, on=NEW_YEAR)


def places(text: str, *words: str, **changes: Any) -> list[str]:
    """The places in the text that a rule against these words finds."""
    return [finding.text for finding in found(text, rule(*words, **changes))]


def sentences(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
