"""How long one question takes in a shop of 100,000 phrasings, part by part, in milliseconds of one processor.

    .venv/bin/python benchmarks/large_shop.py

Spelling and sound are of real, unrelated questions from ../shared/data; the sentence vectors beside them are random, as
long and as many as real ones, because encoding 100,000 texts takes minutes and their numbers change no time. What
encoding one question takes is measured apart and counted in. The last line is one JSON object.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402 - the threads of its arithmetic are set above

from kb.matching import vectors  # noqa: E402
from kb.matching.index import Index  # noqa: E402
from kb.matching.normalise import Normaliser  # noqa: E402
from kb.matching.reader import Query, Reader  # noqa: E402

DATA: Final = ROOT.parent / "shared" / "data"
FILES: Final = ("afqmc/pairs_train.jsonl", "afqmc/pairs_dev.jsonl", "lcqmc/pairs_test.jsonl")
ASKED: Final = 300
DIMENSIONS: Final = 128


def texts() -> list[str]:
    rows = (
        json.loads(line) for name in FILES for line in (DATA / name).read_text(encoding="utf-8").splitlines()
    )
    return list(dict.fromkeys(value for row in rows for value in row.values() if _is_question(value)))


def _is_question(value: Any) -> bool:
    return isinstance(value, str) and len(value) > 3


def measured(name: str, asked: Sequence[Any], act: Callable[[Any], object]) -> dict[str, float]:
    """The middle and the slowest hundredth, after some to warm up."""
    spent = []
    for one in [*asked[:10], *asked]:
        begin = time.thread_time()
        act(one)
        spent.append((time.thread_time() - begin) * 1000)
    found = {
        f"{name}_p50_ms": float(np.percentile(spent[10:], 50)),
        f"{name}_p99_ms": float(np.percentile(spent[10:], 99)),
    }
    sys.stdout.write(f"{name:12} p50 {found[f'{name}_p50_ms']:7.2f}  p99 {found[f'{name}_p99_ms']:7.2f}\n")
    return found


def report() -> Iterator[dict[str, float]]:
    if not DATA.is_dir():
        sys.exit(f"[bench.no-data] There is nothing to measure with: {DATA} is missing.")
    every = texts()
    held, asked = every[:-ASKED], every[-ASKED:]
    reader = Reader.learn(held, Normaliser({}), use_vectors=False)
    random = np.random.default_rng(0)

    def with_meaning(query: Query) -> Query:
        vector = random.normal(size=DIMENSIONS).astype(np.float32)
        return Query(query.spelling, query.sound, vector / np.linalg.norm(vector))

    index = Index.of([with_meaning(query) for query in reader.read(held)], np.arange(len(held)))
    queries = [with_meaning(query) for query in reader.read(asked)]
    yield {"phrasings": float(len(held))}
    if vectors.available():
        yield measured("encode", asked, lambda text: vectors.encode([text]))
    yield measured("read", asked, lambda text: reader.read([text]))
    yield measured("compare", queries, lambda query: index.nearest(index.likeness(query), len(held)))


if __name__ == "__main__":
    figures: dict[str, float] = {}
    for part in report():
        figures |= part
    sys.stdout.write(json.dumps({name: round(value, 2) for name, value in figures.items()}) + "\n")
