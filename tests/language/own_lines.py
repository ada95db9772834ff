"""The lists of lines that only tests and benchmarks read: nothing was trained on them."""

import json
from pathlib import Path


def own_lines(name: str) -> list[str]:
    """The texts of threats.jsonl or neutral.jsonl, or of threats_unseen.jsonl or neutral_unseen.jsonl.

    The unseen ones are near the limit on purpose, and no rule or line was written after them.
    """
    lines = Path(__file__).with_name(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]
