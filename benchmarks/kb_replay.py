"""How long a replay takes: 5,000 past questions of 500 articles, beside a draft of every tenth article.

Four in five questions are made of the articles' wordings, two halves of different ones put together, so that all of
them are different texts and nothing is remembered from one to the next. Only the asking is timed, the training is not.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscore.settings")

import django  # noqa: E402 - the threads of its arithmetic are set above

if TYPE_CHECKING:
    from kb.matching import Entry

ARTICLES = 500
QUESTIONS = 5_000
CHANGED = 50
DATA = ROOT.parent / "shared" / "data"


def measure() -> dict[str, float]:
    """`replay_s`: the seconds of one replay, vectors and both states of the knowledge included.

    `replay_cpu_s` are those of one processor alone, which a busy machine does not stretch; `replay_changed` questions
    fare otherwise.
    """
    django.setup()
    from chat.learning.past import PastQuestion  # noqa: PLC0415 - these need the apps
    from chat.learning.replaying import compared  # noqa: PLC0415
    from kb.foresight import Prospect, with_changes  # noqa: PLC0415
    from kb.live import Knowledge  # noqa: PLC0415
    from kb.matching import train  # noqa: PLC0415
    from kb.queries import Changes, Edition, LiveAnswer  # noqa: PLC0415

    wordings = _wordings()
    entries = list(_entries(wordings))
    answers = {one.id: LiveAnswer(one.id, 0, 1, one.question, one.answer) for one in entries}
    live = Knowledge(Edition(), train(entries), answers)
    drafts = [
        (LiveAnswer(one.id, 1, 2, one.question, f"{one.answer} Changed."), one)
        for one in entries[:: ARTICLES // CHANGED]
    ]
    view = Prospect(live, with_changes(live, Changes(tuple(drafts))))
    asked = [PastQuestion(text, "", 1, 1, UUID(int=place)) for place, text in enumerate(_questions(wordings))]
    began, worked = time.perf_counter(), time.process_time()
    found = compared(view, asked, datetime.now(UTC), lambda _done: None)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    changed = sum(one.change is not None for one in found)
    return {"replay_s": round(seconds, 2), "replay_cpu_s": round(cpu, 2), "replay_changed": changed}


def _wordings() -> list[str]:
    """Real questions of customers, where the research data lies; else made-up ones of the same length."""
    lines = [
        str(json.loads(line)["text"])
        for name in ("faq_zh_afqmc_dev", "faq_zh_jddc_dev")
        if (DATA / name / "queries.jsonl").is_file()
        for line in (DATA / name / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    chance = random.Random(7)
    made = (
        "".join(chance.choices("怎么退货运费多少钱发票物流到哪里了会员积分优惠券尺码", k=12))
        for _ in range(3000)
    )
    return list(dict.fromkeys([*lines, *made]))[:3000]


def _entries(wordings: Sequence[str]) -> Iterator["Entry"]:
    from kb.matching import Entry  # noqa: PLC0415

    for place in range(ARTICLES):
        own = wordings[place::ARTICLES]
        yield Entry(f"a{place}", own[0], tuple(own[1:]), f"The answer to {own[0]}")


def _questions(wordings: Sequence[str]) -> list[str]:
    chance = random.Random(11)
    # One in five asks in an article's own words, as customers who chose from a list or read the help centre do.
    texts: dict[str, None] = dict.fromkeys(chance.sample(wordings, QUESTIONS // 5))
    while len(texts) < QUESTIONS:
        one, other = chance.choice(wordings), chance.choice(wordings)
        texts[one[: len(one) // 2 + 1] + other[len(other) // 2 :]] = None
    return list(texts)


if __name__ == "__main__":
    sys.stdout.write(f"{json.dumps(measure())}\n")
