"""Reads the demo shops' files as they stand."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "cscore" / "demo"
SHOPS = ("shanye", "harbor")
ARTICLES = {"shanye": "articles.jsonl", "harbor": "articles_en.jsonl"}
VISITS = {"shanye": "conversations.jsonl", "harbor": "conversations_en.jsonl"}

Row = dict[str, Any]


def lines(path: Path) -> list[Row]:
    """The objects of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rows(name: str) -> list[Row]:
    """The objects of one file of the demo."""
    path = DEMO / name
    return lines(path) if path.suffix == ".jsonl" else json.loads(path.read_text(encoding="utf-8"))


def of_shop(name: str, shop: str) -> list[Row]:
    """Those of one shop."""
    return [row for row in rows(name) if row["shop"] == shop]


def turns(name: str, kind: str) -> Iterator[Row]:
    """All turns of one kind in a file of visits."""
    return (turn for visit in rows(name) for turn in visit["turns"] if kind in turn)


def hours_old_at_midnight(days_ago: int, hour: int) -> int:
    """How old a moment is when today begins; by tonight it is up to 24 hours older."""
    return 24 * days_ago - hour
