"""The messages that stand in the source, found as gettext's own extraction finds them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from tests.i18n.catalogue import ROOT, Key

APPS = ("analytics", "chat", "cscore", "kb", "tickets")
# How many of a function's first arguments are its context, and whether it is named so.
CONTEXTS = {"gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "_": 0, "ngettext": 0, "ngettext_lazy": 0,
            "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1}  # fmt: skip
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(({LITERAL})(?:, ?({LITERAL}))?")


def in_source() -> dict[Key, str]:
    """Context and text of every message, with a file that says it."""
    found: dict[Key, str] = {}
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            found |= dict.fromkeys(_in_python(path), str(path))
    for path in templates():
        found |= dict.fromkeys(_in_template(path), str(path))
    return found


def templates() -> Iterator[Path]:
    for folder in (ROOT / "templates", *(ROOT / app for app in APPS)):
        yield from folder.rglob("*.html")


def _in_python(path: Path) -> Iterator[Key]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in CONTEXTS:
            literals = [one.value for one in node.args if isinstance(one, ast.Constant)]
            if literals:
                contexts = CONTEXTS[name]
                yield "".join(literals[:contexts]), literals[contexts]


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _in_template(path: Path) -> Iterator[Key]:
    """templatize() writes a template as the calls that its tags make."""
    for name, first, second in CALL.findall(templatize(path.read_text(encoding="utf-8"))):
        texts = [ast.literal_eval(literal) for literal in (first, second) if literal]
        yield (texts[0], texts[1]) if "pgettext" in name else ("", texts[0])
