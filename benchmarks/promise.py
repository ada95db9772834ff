"""Whether the precision asked for is kept on real questions, and what the turn before a question brings.

For every set of at least 500 questions the bot is asked to be right in 95, 90 and 80 % of its answers; the share that
was right, of the questions that an entry answers, is held against that. With fewer than 20 answers `kept` is null: they
say nothing about a share of one in twenty. Context: the reporting half of the JDDC questions, alone and with the
customer's turn before. The last line printed is one JSON object: {"promise": {set: {asked: {answered, coverage,
precision, kept}}}, "context": {questions, alone, with_previous}}.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from splits import half  # noqa: E402 - the threads of numpy's arithmetic are set above

from kb.matching import Matcher, train  # noqa: E402
from kb.matching.evaluation import Question, figures, judge  # noqa: E402
from kb.matching.examples import read_entries, read_questions  # noqa: E402

DATA: Final = ROOT.parent / "shared" / "data"
CHATS: Final = "faq_zh_jddc_dev"
SETS: Final = (CHATS, "faq_en_bitext_dev", "faq_zh_afqmc_dev")
ASKED: Final = (0.95, 0.90, 0.80)
_OFFER: Final = 0.70
_LARGE: Final = 500
_ENOUGH: Final = 20
_SHORT_OF: Final = 0.02

Row = dict[str, float | int | bool | None]


def main() -> None:
    if not DATA.is_dir():
        sys.exit(f"[bench.no-data] There is nothing to measure with: {DATA} is missing.")
    promise: dict[str, dict[str, Row]] = {}
    context: Row = {}
    for name in SETS:
        questions = read_questions(DATA / name / "queries.jsonl")
        matcher = train(read_entries(DATA / name / "kb.jsonl"))
        if len(questions) >= _LARGE:
            promise[name] = {f"{asked:.2f}": _kept(matcher, questions, asked) for asked in ASKED}
            for asked, row in promise[name].items():
                _say(f"{name:20} asked {asked} {_line(row)}")
        if name == CHATS:
            context = _context(matcher, questions)
            _say(f"{name:20} reporting half {_line(context)}")
    _say(json.dumps({"promise": promise, "context": context}))


def _kept(matcher: Matcher, questions: Sequence[Question], asked: float) -> Row:
    found = figures(judge(matcher.keeping(answer_precision=asked, offer_precision=_OFFER), questions))
    coverage = found.coverage or 0.0
    answered = round(coverage * found.in_scope)
    kept = None if answered < _ENOUGH else (found.precision or 0.0) >= asked - _SHORT_OF
    return {"answered": answered, "coverage": coverage, "precision": found.precision, "kept": kept}


def _context(matcher: Matcher, questions: Sequence[Question]) -> Row:
    """Top-1 of the reporting half alone and with what the customer said before."""
    rows = (DATA / CHATS / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    before = _said_before([json.loads(row)["src"] for row in rows])
    asked = [
        (question, previous)
        for question, previous in zip(questions, before, strict=True)
        if question.expected is not None and half(question.text) == "reporting"
    ]
    alone = figures(judge(matcher, [question for question, _ in asked]))
    joined = figures(judge(matcher, [replace(question, previous=previous) for question, previous in asked]))
    return {"questions": len(asked), "alone": alone.top1, "with_previous": joined.top1}


def _said_before(sources: Sequence[str]) -> list[str]:
    """The customer's turn before each of these, named as chat#turn; empty at a chat's beginning."""
    path = DATA / "jddc_satisfaction" / "sessions_valid.jsonl"
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    turns = {chat["session"]: [turn["user"] for turn in chat["turns"]] for chat in lines}
    places = [source.split("#") for source in sources]
    return [turns[chat][int(turn) - 1] if int(turn) else "" for chat, turn in places]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _line(row: Row) -> str:
    return " ".join(
        f"{name} {f'{value:.3f}' if isinstance(value, float) else value}" for name, value in row.items()
    )


if __name__ == "__main__":
    main()
