"""How long one question takes in a shop of 100,000 phrasings, as a whole and part by part, in milliseconds.

    .venv/bin/python benchmarks/large_shop.py

`match` is a question from its text to its answer, encoded anew each time: on the clock, and on one processor. Spelling and
sound are of real, unrelated questions from ../shared/data, ten to an article; the stored sentence vectors are random, as long
and as many as real ones, because encoding 100,000 texts takes minutes and their numbers change no time. The last line is
one JSON object.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # as in every process of cscore

import numpy as np  # noqa: E402 - the threads of its arithmetic are set above

from kb.matching import Matcher, ranking, train, vectors  # noqa: E402
from kb.matching.index import Index  # noqa: E402
from kb.matching.metric import Metric  # noqa: E402
from kb.matching.normalise import Normaliser  # noqa: E402
from kb.matching.reader import Query, Reader  # noqa: E402
from kb.matching.shelf import Shelf  # noqa: E402

DATA: Final = ROOT.parent / "shared" / "data"
FILES: Final = ("afqmc/pairs_train.jsonl", "afqmc/pairs_dev.jsonl", "lcqmc/pairs_test.jsonl")
ASKED: Final = 300
DIMENSIONS: Final = 128
PER_ARTICLE: Final = 10


def texts() -> list[str]:
    if not DATA.is_dir():
        sys.exit(f"[bench.no-data] There is nothing to measure with: {DATA} is missing.")
    rows = (
        json.loads(line) for name in FILES for line in (DATA / name).read_text(encoding="utf-8").splitlines()
    )
    return list(dict.fromkeys(value for row in rows for value in row.values() if _is_question(value)))


def _is_question(value: Any) -> bool:
    return isinstance(value, str) and len(value) > 3


def shop_of(held: Sequence[str]) -> Matcher:
    """A matcher that holds these wordings and ranks by the nearest, as every shop of this size does."""
    random = np.random.default_rng(0)
    reader = Reader.learn(held, Normaliser({}), use_vectors=vectors.available())

    def with_meaning(query: Query) -> Query:
        if not reader.use_vectors:
            return query
        vector = random.normal(size=DIMENSIONS).astype(np.float32)
        return replace(query, meaning=vector / np.linalg.norm(vector))

    narrow = np.linalg.qr(random.normal(size=(vectors.DIMENSIONS, DIMENSIONS)))[0].astype(np.float32)
    owners = np.arange(len(held)) // PER_ARTICLE
    wordings = Index.of([with_meaning(query) for query in reader.read(held, by_meaning=False)], owners)
    nothing = Index.of((), ())
    shelf = Shelf(tuple(map(str, range(int(owners[-1]) + 1))), wordings, nothing, nothing)
    blank = train([]).knowledge
    model = replace(
        blank.model, reader=replace(reader, metric=Metric(narrow)), shelf=shelf, ranking=ranking.UNTRAINED
    )
    return Matcher.of(replace(blank, model=model))


def measured(name: str, asked: Sequence[Any], act: Callable[[Any], object]) -> dict[str, float]:
    """The middle and the slowest hundredth, after some to warm up."""
    spent, passed = [], []
    for one in [*asked[:10], *asked]:
        looked, begin = time.perf_counter(), time.thread_time()
        act(one)
        spent.append((time.thread_time() - begin) * 1000)
        passed.append((time.perf_counter() - looked) * 1000)
    found = {
        f"{name}_p50_ms": float(np.percentile(spent[10:], 50)),
        f"{name}_p99_ms": float(np.percentile(spent[10:], 99)),
        f"{name}_wall_p50_ms": float(np.percentile(passed[10:], 50)),
        f"{name}_wall_p99_ms": float(np.percentile(passed[10:], 99)),
    }
    processor, clock = (" ".join(f"{value:8.2f}" for value in pair) for pair in _pairs(found.values()))
    sys.stdout.write(f"{name:12} processor p50, p99 {processor}   clock p50, p99 {clock}\n")
    return found


def _pairs(values: Any) -> Iterator[tuple[float, float]]:
    listed = iter(values)
    return zip(listed, listed, strict=True)


def report() -> Iterator[dict[str, float]]:
    every = texts()
    held, asked = every[:-ASKED], every[-ASKED:]
    shop = shop_of(held)
    reader, index = shop.knowledge.model.reader, shop.knowledge.model.shelf.wordings
    yield {"phrasings": float(len(held)), "articles": float(len(shop.ids))}
    yield measured("match", asked, shop.match)
    if vectors.available():
        # Other texts than before: the encoder remembers the last few thousand.
        yield measured("encode", [f"{text}?" for text in asked], lambda text: vectors.encode([text]))
    yield measured("read", asked, lambda text: reader.read([text], by_meaning=False))
    queries = reader.read(asked)
    yield measured("compare", queries, lambda query: index.nearest(index.likeness(query), len(shop.ids)))


if __name__ == "__main__":
    figures: dict[str, float] = {}
    for part in report():
        figures |= part
    sys.stdout.write(json.dumps({name: round(value, 2) for name, value in figures.items()}) + "\n")
