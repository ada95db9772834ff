"""How people write a forbidden word so that a filter does not see it: homophones, letters, nicknames."""

import re
import tomllib
from itertools import islice, product
from pathlib import Path

from cscore.compliance.folding import fold

MOST_SPELLINGS = 200


def _read_table() -> dict[str, tuple[str, ...]]:
    """Folded word -> itself and its other spellings, folded too; the longest word first."""
    text = Path(__file__).with_name("spellings.toml").read_text(encoding="utf-8")
    entries = {fold(word).text: others.split() for word, others in tomllib.loads(text)["spellings"].items()}
    return {
        word: (word, *(fold(other).text for other in entries[word]))
        for word in sorted(entries, key=len, reverse=True)
    }


_TABLE = _read_table()
_KNOWN = re.compile(f"({'|'.join(map(re.escape, _TABLE))})")


def spellings(word: str) -> frozenset[str]:
    """A folded word in every spelling we know, itself included; at most MOST_SPELLINGS of them."""
    parts = _KNOWN.split(word)
    if len(parts) == 1:
        return frozenset({word})
    written = product(*(_TABLE.get(part, (part,)) for part in parts))
    return frozenset("".join(each) for each in islice(written, MOST_SPELLINGS))
