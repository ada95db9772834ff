"""The rules a new shop starts with: our own, for Chinese e-commerce, one TOML file per family.

A file names its family, the defaults of its rules, and under [rules] one line per rule: key, words and exceptions
(templates parted by spaces), suggestion, example, and whatever differs from the defaults.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cscore.compliance.rules import EVERYWHERE, Action, Family, Rule, Scope, Severity

FOLDER = Path(__file__).parent


@cache
def starter_rules() -> tuple[Rule, ...]:
    """All starter rules, in the order of their families and keys in the files."""
    return tuple(rule for path in sorted(FOLDER.glob("*.toml")) for rule in _rules(path))


def _rules(path: Path) -> list[Rule]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    defaults = {"family": table["family"], **table["defaults"]}
    return [_rule(f"{table['family']}-{key}", {**defaults, **row}) for key, row in table["rules"].items()]


def _rule(key: str, row: dict[str, Any]) -> Rule:
    return Rule(
        key=key,
        family=Family(row["family"]),
        words=tuple(row["words"].split()),
        exceptions=tuple(row.get("exceptions", "").split()),
        action=Action(row["action"]),
        severity=Severity(row["severity"]),
        negation=row["negation"],
        scopes=frozenset(map(Scope, row["scopes"])) if "scopes" in row else EVERYWHERE,
        clause=row["clause"],
        suggestion=row["suggestion"],
        example=row["example"],
    )
