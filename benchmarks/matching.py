"""Accuracy and speed of the answers beside other engines, on the same entries and questions.

Run by `make bench-matching`. Questions are split by splits.half: only the tuning half may guide a change. A rival gets
its answer threshold from the tuning half, the lowest score above which 95 % of its first entries are right; ours
has its own from training and sees no question at all. The last line printed is one JSON object with the figures of
the reporting half: {set: {engine: {top1, top3, auroc, coverage, precision, p99_ms}}}, and beside the sets, under "sizes",
those of large_shop and shop_costs: 100,000 phrasings, memory, publish; under "promises" whether the precision asked for
is kept on whole sets, and what the turn before a question brings.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402 - the threads of its arithmetic are set above
from engines import ENGINES, Ask, Build, Found  # noqa: E402
from node_nlp import LeftOutError, node_nlp  # noqa: E402
from splits import Half, half  # noqa: E402

from kb.matching.evaluation import Question, auroc  # noqa: E402
from kb.matching.examples import read_entries, read_questions  # noqa: E402

DATA: Final = ROOT.parent / "shared" / "data"
# Benchmarks of this folder that are run too, by the name under which their figures stand beside the sets.
BESIDE: Final = {"sizes": ("large_shop", "shop_costs"), "promises": ("promise",)}
SETS: Final = ("faq_zh_jddc_dev", "faq_en_bitext_dev", "faq_zh_afqmc_dev")
_PRECISION: Final = 0.95
_COLUMNS: Final = ("top1", "top3", "auroc", "coverage", "precision", "p99_ms")

Figures = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, what was found for it, and in how many milliseconds."""

    question: Question
    found: Found
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the expected entry came first."""
        return self.found.ids[:1] == (self.question.expected,)


def main() -> None:
    if not DATA.is_dir():
        sys.exit(f"[bench.no-data] There is nothing to measure with: {DATA} is missing.")
    results: dict[str, dict[str, Figures]] = {}
    for name in SETS:
        results[name] = {}
        for engine, build in {**ENGINES, "node-nlp": node_nlp}.items():
            try:
                halves = measure(DATA / name, build)
            except LeftOutError as reason:
                _say(f"{name:20} {engine:14} left out: {reason}")
                continue
            results[name][engine] = halves["reporting"]
            for which, figures in halves.items():
                _say(f"{name:20} {engine:14} {which:10} {_line(figures)}")
    for beside, names in BESIDE.items():
        results[beside] = {name: apart(name) for name in names}
    _say(json.dumps(results))


def apart(name: str) -> Figures:
    """Another benchmark of this folder in a process of its own: its table, and the figures of its last line."""
    command = [sys.executable, str(Path(__file__).with_name(f"{name}.py"))]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    *table, last = done.stdout.splitlines()
    for line in table:
        _say(f"{name:20} {line}")
    found: Figures = json.loads(last)
    return found


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def measure(folder: Path, build: Build) -> dict[Half, Figures]:
    """Build an engine on a set's entries and ask it all of the set's questions."""
    questions = read_questions(folder / "queries.jsonl")
    ask = build(read_entries(folder / "kb.jsonl"))
    asked = [_asked(ask, question) for question in questions]
    halves: dict[Half, list[Asked]] = {"tuning": [], "reporting": []}
    for one in asked:
        halves[half(one.question.text)].append(one)
    threshold = _threshold(halves["tuning"])
    return {which: _figures(listed, threshold) for which, listed in halves.items()}


def _asked(ask: Ask, question: Question) -> Asked:
    begin = time.perf_counter()
    found = ask(question.text)
    return Asked(question, found, (time.perf_counter() - begin) * 1000)


def _threshold(asked: Sequence[Asked]) -> float:
    inside = sorted((one for one in asked if one.question.expected), key=lambda one: -one.found.score)
    right = np.cumsum([one.right for one in inside]) / np.arange(1, len(inside) + 1)
    kept = np.flatnonzero(right >= _PRECISION)
    return inside[kept[-1]].found.score if len(kept) else float("inf")


def _figures(asked: Sequence[Asked], threshold: float) -> Figures:
    inside = [one for one in asked if one.question.expected]
    answered = [one for one in inside if _answers(one.found, threshold)]
    return {
        "top1": _share([one.right for one in inside]),
        "top3": _share([one.question.expected in one.found.ids[:3] for one in inside]),
        "auroc": auroc(
            [one.found.score for one in inside],
            [one.found.score for one in asked if not one.question.expected],
        ),
        "coverage": len(answered) / len(inside),
        "precision": _share([one.right for one in answered]),
        "p99_ms": float(np.percentile([one.milliseconds for one in asked], 99)),
    }


def _answers(found: Found, threshold: float) -> bool:
    return found.score >= threshold if found.answered is None else found.answered


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None


def _line(figures: Figures) -> str:
    return " ".join(
        f"{name} {'-' if figures[name] is None else format(figures[name], '.3f'):>7}" for name in _COLUMNS
    )


if __name__ == "__main__":
    main()
