"""How well questions that ask the same find each other: groups of real questions whose intents are known.

Purity is the share of questions that are in a group of their own intent's majority; "grouped" the share that are not
alone; "together" the share of pairs of one intent that share a group. The last set is ours: what shops are asked in short
Chinese and no article answers, a dozen topics to tune on and a dozen to report. Run it when kb/matching/grouping.py changes: its threshold is chosen here, on the tuning half of splits.half.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from hashlib import sha256
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from splits import half  # noqa: E402 - the project's folder is named above

from kb.matching import train  # noqa: E402
from kb.matching.examples import read_entries, read_questions  # noqa: E402
from kb.matching.grouping import grouped  # noqa: E402
from kb.matching.reader import Reader  # noqa: E402

DATA: Final = ROOT.parent / "shared" / "data"
SETS: Final = ("faq_en_bitext_dev", "faq_zh_jddc_dev")
OWN: Final = Path(__file__).parent / "gap_questions.jsonl"
LIKENESSES: Final = (0.45, 0.48, 0.5, 0.52, 0.55, 0.6, 0.65)
Asked = list[tuple[str, str]]


def figures(groups: list[int], intents: list[str]) -> tuple[int, float, float, float]:
    """The number of groups, their purity, the share of questions that are not alone, and that of pairs found."""
    members: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for group, intent in zip(groups, intents, strict=True):
        members[group][intent] += 1
    pure = sum(max(some.values()) for some in members.values())
    together = sum(some.total() for some in members.values() if some.total() > 1)
    found = sum(_pairs(count) for some in members.values() for count in some.values())
    there = sum(map(_pairs, Counter(intents).values()))
    return len(members), pure / len(groups), together / len(groups), found / there


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def real(name: str, part: str) -> Asked:
    """Real questions of this half, with their intents."""
    asked = read_questions(DATA / name / "queries.jsonl")
    return [(one.text, one.expected) for one in asked if one.expected and half(one.text) == part]


def own(part: str) -> Asked:
    """Our own questions about topics of this half."""
    rows = map(json.loads, OWN.read_text().splitlines())
    return [(text, row["topic"]) for row in rows if row["half"] == part for text in row["wordings"]]


def show(name: str, part: str, reader: Reader, asked: Asked) -> None:
    """Prints one half, in an order that no topic stands together in."""
    asked = sorted(asked, key=lambda one: sha256(one[0].encode()).digest())
    intents = [intent for _, intent in asked]
    print(f"\n{name}, {part} half: {len(asked)} questions, {len(set(intents))} intents")
    for alike in LIKENESSES:
        groups = grouped(reader, [], [text for text, _ in asked], alike=alike)
        count, purity, together, found = figures(groups, intents)
        print(
            f"  {alike:.2f}: {count:4d} groups, purity {purity:.3f}, grouped {together:.2f}, together {found:.2f}"
        )


if __name__ == "__main__":
    for name in SETS:
        if not (DATA / name).exists():
            print(f"{name}: left out, {DATA} is not here")
            continue
        reader = train(read_entries(DATA / name / "kb.jsonl")).knowledge.model.reader
        for part in ("tuning", "reporting"):
            show(name, part, reader, real(name, part))
            if name == SETS[-1]:
                show("own short Chinese questions", part, reader, own(part))
