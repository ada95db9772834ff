"""How well questions that ask the same find each other: groups of real questions whose intents are known.

Purity is the share of questions that are in a group of their own intent's majority; "grouped" the share that are not
alone. Run it when kb/matching/grouping.py changes: its threshold is chosen here, on the tuning half of splits.half.
"""

import os
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from splits import half  # noqa: E402 - the project's folder is named above

from kb.matching import train  # noqa: E402
from kb.matching.examples import read_entries, read_questions  # noqa: E402
from kb.matching.grouping import grouped  # noqa: E402

DATA: Final = ROOT.parent / "shared" / "data"
SETS: Final = ("faq_en_bitext_dev", "faq_zh_jddc_dev")
LIKENESSES: Final = (0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


def figures(groups: list[int], intents: list[str]) -> tuple[int, float, float]:
    """The number of groups, their purity, and the share of questions that are not alone."""
    members: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for group, intent in zip(groups, intents, strict=True):
        members[group][intent] += 1
    pure = sum(max(some.values()) for some in members.values())
    together = sum(some.total() for some in members.values() if some.total() > 1)
    return len(members), pure / len(groups), together / len(groups)


if __name__ == "__main__":
    for name in SETS:
        if not (DATA / name).exists():
            print(f"{name}: left out, {DATA} is not here")
            continue
        reader = train(read_entries(DATA / name / "kb.jsonl")).knowledge.model.reader
        asked = [one for one in read_questions(DATA / name / "queries.jsonl") if one.expected]
        for part in ("tuning", "reporting"):
            some = [one for one in asked if half(one.text) == part]
            print(f"\n{name}, {part} half: {len(some)} questions, "
                  f"{len({one.expected for one in some})} intents")  # fmt: skip
            for alike in LIKENESSES:
                groups = grouped(reader, [], [one.text for one in some], alike=alike)
                count, purity, together = figures(groups, [one.expected or "" for one in some])
                print(f"  {alike:.2f}: {count:4d} groups, purity {purity:.3f}, grouped {together:.2f}")
