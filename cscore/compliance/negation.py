"""When a forbidden word is not said but denied: 不能保证治愈, 加微信是不允许的."""

import re
import tomllib
from pathlib import Path

from cscore.compliance.folding import Break, Folded


def _any_of(words: str) -> str:
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))


_WORDS = tomllib.loads(Path(__file__).with_name("negation.toml").read_text(encoding="utf-8"))
_BEFORE = re.compile(f"{_any_of(_WORDS['not_denying'])}|(?P<denying>{_any_of(_WORDS['denying'])})")
_AFTER = re.compile(_any_of(_WORDS["denied_after"]))


def denied(folded: Folded, start: int, end: int, window: int) -> bool:
    """Whether text[start:end] is denied by a word at most `window` characters away in the same clause."""
    if not window:
        return False
    first, last = start, end
    while first > max(0, start - window) and folded.breaks[first] < Break.CLAUSE:
        first -= 1
    while last < min(len(folded.text), end + window) and folded.breaks[last] < Break.CLAUSE:
        last += 1
    before, after = folded.text[first:start], folded.text[end:last]
    return any(match["denying"] for match in _BEFORE.finditer(before)) or _AFTER.search(after) is not None
