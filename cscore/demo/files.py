"""The demo shops' words and goods, as they lie beside this file."""

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Row = dict[str, Any]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of a .json list or of a .jsonl file."""
    text = (HERE / name).read_text(encoding="utf-8")
    if name.endswith(".jsonl"):
        return tuple(json.loads(line) for line in text.splitlines() if line.strip())
    return tuple(json.loads(text))
