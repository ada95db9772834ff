"""How many messages with one question are taken for several, and how many joined ones are answered each.

Usage: python benchmarks/several.py KB.jsonl QUERIES.jsonl; prints the messages that are answered differently, then figures.
"""

import json
import os
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscore.settings")

import django

django.setup()

from chat.bot.several import several_questions  # noqa: E402
from chat.bot.splitting import questions_in  # noqa: E402
from chat.bot.turn import Turn  # noqa: E402
from kb.matching import Decision, Match, Matcher, train  # noqa: E402
from kb.matching.examples import read_entries, read_questions  # noqa: E402
from kb.queries import LiveAnswer  # noqa: E402

JOINTS = ("？还有，", "？另外", "\n", "? And also ", "? ")
PAIRS = 1_000


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

    def reply(text: str) -> object:
        return several_questions(Turn(text=text, knowledge=knowledge, orders=NoOrders()))

    split = sum(bool(questions_in(one.text)) for one in questions)
    changed = [one.text for one in questions if reply(one.text)]
    for text in changed:
        print(repr(text))
    sure = [one for one in questions if knowledge.match(one.text).decision is Decision.ANSWER]
    dice = random.Random(1)
    drawn = [dice.sample(sure, 2) for _ in range(PAIRS)] if len(sure) > 2 else []
    pairs = [(one, other) for one, other in drawn if one.expected != other.expected]
    both = 0
    for number, (one, other) in enumerate(pairs):
        joined = several_questions(
            Turn(
                text=one.text.rstrip("?？ ") + JOINTS[number % len(JOINTS)] + other.text,
                knowledge=knowledge,
                orders=NoOrders(),
            )
        )
        said = {section.answer.key for section in joined.sections if section.answer} if joined else set()
        both += len(said) >= 2
    figures = {
        "questions": len(questions),
        "split": split,
        "changed": len(changed),
        "changed_share": round(len(changed) / len(questions), 5),
        "pairs": len(pairs),
        "both_answered": round(both / len(pairs), 3) if pairs else None,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
