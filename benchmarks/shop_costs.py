"""What a shop costs: a question in a shop of 150 articles, its publish, and the memory of 10,000 phrasings.

    .venv/bin/python benchmarks/shop_costs.py

Times are on the clock and on one processor: on a busy machine only the second says something about this code. Memory is what
the process grows by when it loads the knowledge and answers a question, with the libraries loaded before. The last
line is one JSON object.
"""

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
sys.path.insert(0, str(HERE))

from large_shop import PER_ARTICLE, measured, shop_of, texts  # noqa: E402 - the folder is named above

from kb.matching import Entry, Matcher, train, vectors  # noqa: E402

ARTICLES: Final = 150
PHRASINGS: Final = 10_000
ASKED: Final = 1_000
_GROWTH: Final = "import json, shop_costs; print(json.dumps(shop_costs.growth({path!r}, {text!r})))"
Costs = dict[str, float]


def questions(every: Sequence[str]) -> Costs:
    """One question after the other, without sentence vectors and with them."""
    found: Costs = {}
    for name, use_vectors in (("lexical", False), ("vectors", True)):
        matcher = train(_entries(every), use_vectors=use_vectors)
        asked = every[-ASKED:]
        begin = time.process_time()
        found |= measured(name, asked, matcher.match)
        found[f"{name}_per_second"] = round(len(asked) / (time.process_time() - begin))
    return found


def publishing(every: Sequence[str]) -> Costs:
    """Seconds until a shop answers from 150 new articles, from one changed, and until all are trained."""
    # Texts of their own for each: the encoder remembers those it has met.
    new, entries, empty = _entries(every[20_000:]), _entries(every[40_000:]), train([])
    if vectors.available():
        vectors.encode(["你好"])
    found = _seconds("live_all", lambda: empty.with_changes(changed=new, removed=()))
    shops: list[Matcher] = []
    found |= _seconds("trained", lambda: shops.append(train(entries)))
    changed = Entry(entries[0].id, every[-1], tuple(every[-PER_ARTICLE:-1]))
    return found | _seconds("live_one", lambda: shops[0].with_changes(changed=[changed], removed=()))


def memory(every: Sequence[str]) -> Costs:
    """What a process grows by, measured in one that has done nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "matcher"
        path.write_bytes(shop_of(every[:PHRASINGS]).save())
        code = _GROWTH.format(path=str(path), text=every[-1])
        done = subprocess.run([sys.executable, "-c", code], cwd=HERE, check=True, stdout=subprocess.PIPE)
    found: Costs = json.loads(done.stdout)
    for name, megabytes in found.items():
        sys.stdout.write(f"{name:32} {megabytes:8.0f} MB\n")
    return found


def growth(path: str, text: str) -> Costs:
    """Megabytes of this process before and after the knowledge is loaded, and after its first question."""
    train([], use_vectors=False).match("你好 hello")  # the libraries, without the encoder
    before = _resident()
    matcher = Matcher.load(Path(path).read_bytes())
    loaded = _resident()
    matcher.match(text)
    asked = _resident()
    return {
        "memory_knowledge_mb": loaded - before,
        "memory_with_encoder_mb": asked - before,
        "memory_process_mb": asked,
    }


def _entries(every: Sequence[str]) -> list[Entry]:
    starts = range(0, ARTICLES * PER_ARTICLE, PER_ARTICLE)
    return [
        Entry(str(start), every[start], tuple(every[start + 1 : start + PER_ARTICLE])) for start in starts
    ]


def _seconds(name: str, act: Callable[[], object]) -> Costs:
    looked, begin = time.perf_counter(), time.process_time()
    act()
    found = {f"{name}_cpu_s": time.process_time() - begin, f"{name}_s": time.perf_counter() - looked}
    processor, clock = found.values()
    sys.stdout.write(f"{name:12} processor {processor:8.2f} s   clock {clock:8.2f} s\n")
    return {key: round(value, 2) for key, value in found.items()}


def _resident() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    all_texts = texts()
    figures = questions(all_texts) | publishing(all_texts) | memory(all_texts)
    sys.stdout.write(json.dumps({name: round(value, 3) for name, value in figures.items()}) + "\n")
