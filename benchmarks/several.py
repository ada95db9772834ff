"""How many messages with one question are taken for several, and how many joined ones are answered each.

Usage: python benchmarks/several.py KB.jsonl QUERIES.jsonl; prints the messages that are answered differently, then figures of
the half that may be tuned on and of the half that is only reported (see splits.py).
"""

import json
import os
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscore.settings")

import django
from splits import half

django.setup()

from chat.bot.several import several_questions  # noqa: E402
from chat.bot.splitting import questions_in  # noqa: E402
from chat.bot.turn import Reply, Turn  # noqa: E402
from kb.matching import Decision, Match, Matcher, train  # noqa: E402
from kb.matching.evaluation import Question  # noqa: E402
from kb.matching.examples import read_entries, read_questions  # noqa: E402
from kb.queries import LiveAnswer  # noqa: E402

JOINTS = ("？还有，", "？另外", "\n", "? And also ", "? ")
PAIRS = 500


class NoOrders:
    def find(self, text: str) -> None:
        return None

    def by_id(self, order_id: int | None) -> None:
        return None

    def recent(self) -> tuple[()]:
        return ()


class Trained:
    """The matcher as the bot asks it; every entry is its own answer."""

    def __init__(self, matcher: Matcher, keys: set[str]) -> None:
        self.matcher, self.keys = matcher, keys

    def match(self, text: str, previous: str = "") -> Match:
        return self.matcher.match(text, previous=previous)

    def answer(self, key: str) -> LiveAnswer | None:
        return LiveAnswer(key, 1, 1, key, key) if key in self.keys else None


def main(kb: Path, queries: Path) -> None:
    entries, questions = read_entries(kb), read_questions(queries)
    knowledge = Trained(train(entries), {entry.id for entry in entries})

    for part in ("tuning", "reporting"):
        print(
            json.dumps(
                {"half": part} | figures(knowledge, [one for one in questions if half(one.text) == part])
            )
        )


def figures(knowledge: Trained, questions: list[Question]) -> dict[str, object]:
    """Of these questions alone, and of pairs among them; prints those that are answered differently."""
    changed = [one.text for one in questions if reply(knowledge, one.text)]
    for text in changed:
        print(repr(text))
    sure = [one for one in questions if knowledge.match(one.text).decision is Decision.ANSWER]
    dice = random.Random(1)
    drawn = [dice.sample(sure, 2) for _ in range(PAIRS)] if len(sure) > 2 else []
    pairs = [(one.text, other.text) for one, other in drawn if one.expected != other.expected]
    both = Counter[str]()
    for number, (one, other) in enumerate(pairs):
        joint = JOINTS[number % len(JOINTS)]
        joined = reply(knowledge, one.rstrip("?？ ") + joint + other)
        both[joint] += (
            len({section.answer.key for section in joined.sections if section.answer} if joined else ()) >= 2
        )
    return {
        "questions": len(questions),
        "split": sum(bool(questions_in(one.text)) for one in questions),
        "changed": len(changed),
        "pairs": len(pairs),
        "both_answered": round(both.total() / len(pairs), 3) if pairs else None,
        "by_joint": {joint: round(both[joint] * len(JOINTS) / len(pairs), 3) for joint in JOINTS}
        if pairs
        else {},
    }


def reply(knowledge: Trained, text: str) -> Reply | None:
    return several_questions(Turn(text=text, knowledge=knowledge, orders=NoOrders()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
