"""Numbers measured by others, kept outside the project in ../shared/data."""

import csv
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "callcenter"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a reference file, or a skip that says why."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"reference data is not here: ../shared/data/callcenter/{name}")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
