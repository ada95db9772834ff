"""Asking the live knowledge questions whose answers are known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb import live
from kb.imports import Issue
from kb.live import Knowledge
from kb.matching.evaluation import Judgement, Question, Verdict, judge
from kb.questions import Line, QuestionSheet


class NotLive(Refusal):
    code = "kb.examine.not-live"
    sentence = _("No live article has the key or the standard question “%(expected)s”.")


class BadQuestions(Refusal):
    """`issues` says what is wrong on which line."""

    code = "kb.examine.bad-questions"
    status = 422
    sentence = _("Nothing was asked: %(count)s lines must be corrected first.")

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        super().__init__(count=len({issue.line for issue in issues}))


@dataclass(frozen=True, slots=True)
class Examination:
    """What the knowledge of this release made of every line."""

    knowledge: Knowledge
    judged: tuple[tuple[Line, Judgement], ...]

    @property
    def judgements(self) -> list[Judgement]:
        return [judgement for _line, judgement in self.judged]

    def count(self, verdict: Verdict) -> int:
        """How many questions ended so."""
        return sum(judgement.verdict is verdict for judgement in self.judgements)


def examine(*, shop: Shop, sheet: QuestionSheet, by: User | None, at: datetime) -> Examination:
    """Asks what is live now; stores nothing but the audit line. Raises BadQuestions with every issue."""
    knowledge = live.knowledge(shop.pk)
    questions = list(_questions(knowledge, sheet.lines))
    wrong = [
        Issue(line.number, NotLive(expected=line.expected)) for line, asked in questions if asked is None
    ]
    if issues := (*sheet.issues, *wrong):
        raise BadQuestions(tuple(sorted(issues, key=lambda issue: issue.line)))
    judged = judge(knowledge.matcher, [asked for _line, asked in questions if asked])
    done = Examination(knowledge, tuple(zip(sheet.lines, judged, strict=True)))
    counts = {verdict.value: done.count(verdict) for verdict in Verdict}
    audit.record(
        by=by, verb="kb.examine", on=shop, at=at, shop_key=shop.key, release=knowledge.release, **counts
    )
    return done


def _questions(knowledge: Knowledge, lines: Sequence[Line]) -> Iterator[tuple[Line, Question | None]]:
    """Each line as the evaluation takes it; None where the expected article is not live."""
    keys = {answer.question: key for key, answer in knowledge.answers.items()}
    for line in lines:
        key = line.expected if line.expected in knowledge.answers else keys.get(line.expected)
        found = key is not None or not line.expected
        yield line, Question(line.question, key) if found else None
