"""What an article may look like, before anything is stored. Values in, values out."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal

LONGEST_KEY: Final = 60
LONGEST_QUESTION: Final = 256
LONGEST_ANSWER: Final = 4000
LONGEST_CATEGORY: Final = 60
MOST_PHRASINGS: Final = 1000
LEAST_PRECISION: Final = 0.5
MOST_PRECISION: Final = 0.999
_KEY: Final = re.compile(r"[\w.\-]+")
# PostgreSQL cannot store NUL, UTF-8 cannot carry half a surrogate pair, spreadsheets no control characters.
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class BadKey(Refusal):
    code = "kb.bad-key"
    sentence = _("A key has 1 to 60 letters, digits, dots, dashes or underscores.")


class NoQuestion(Refusal):
    code = "kb.no-question"
    sentence = _("Write the question that this article answers.")


class QuestionTooLong(Refusal):
    code = "kb.question-too-long"
    sentence = _("The question has more than %(most)s characters.")


class PhrasingTooLong(Refusal):
    code = "kb.phrasing-too-long"
    sentence = _("This phrasing has more than %(most)s characters: %(phrasing)s")


class TooManyPhrasings(Refusal):
    code = "kb.too-many-phrasings"
    sentence = _("An article takes at most %(most)s phrasings.")


class AnswerTooLong(Refusal):
    code = "kb.answer-too-long"
    sentence = _("The answer has more than %(most)s characters.")


class CategoryTooLong(Refusal):
    code = "kb.category-too-long"
    sentence = _("The name of a category has at most %(most)s characters.")


class UnstorableText(Refusal):
    code = "kb.unstorable-text"
    sentence = _("The text contains control characters or half a character.")


class EmptyAnswer(Refusal):
    code = "kb.empty-answer"
    sentence = _("“%(question)s” has no answer yet: write one before you publish.")


# Beside which field of a form, or in which column of a table, a refusal is said; the others concern all of it.
FIELD_OF: Final = {
    "kb.bad-key": "key",
    "kb.key-twice": "key",
    "kb.category-too-long": "category",
    "kb.no-question": "question",
    "kb.question-too-long": "question",
    "kb.question-taken": "question",
    "kb.phrasing-too-long": "phrasings",
    "kb.too-many-phrasings": "phrasings",
    "kb.answer-too-long": "answer",
    "kb.empty-answer": "answer",
    "kb.unsayable-answer": "answer",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of one version. `category` is a name: empty for none, None to leave it as it is."""

    key: str
    question: str
    phrasings: tuple[str, ...] = ()
    answer: str = ""
    category: str | None = None


def tidied(draft: Draft) -> Draft:
    """The draft in one Unicode form, without outer space, blank phrasings and phrasings said twice."""
    question = _plain(draft.question)
    said = dict.fromkeys(_plain(phrasing) for phrasing in draft.phrasings)
    return replace(
        draft,
        key=draft.key.strip(),
        question=question,
        phrasings=tuple(phrasing for phrasing in said if phrasing and phrasing != question),
        answer=_plain(draft.answer),
        category=None if draft.category is None else _plain(draft.category),
    )


def refusals(draft: Draft) -> Iterator[Refusal]:
    """Everything that keeps a tidied draft from being stored."""
    if not 1 <= len(draft.key) <= LONGEST_KEY or not _KEY.fullmatch(draft.key):
        yield BadKey()
    if not draft.question:
        yield NoQuestion()
    if len(draft.question) > LONGEST_QUESTION:
        yield QuestionTooLong(most=LONGEST_QUESTION)
    if len(draft.phrasings) > MOST_PHRASINGS:
        yield TooManyPhrasings(most=MOST_PHRASINGS)
    yield from (
        PhrasingTooLong(most=LONGEST_QUESTION, phrasing=f"{phrasing[:40]}…")
        for phrasing in draft.phrasings
        if len(phrasing) > LONGEST_QUESTION
    )
    if len(draft.answer) > LONGEST_ANSWER:
        yield AnswerTooLong(most=LONGEST_ANSWER)
    if len(draft.category or "") > LONGEST_CATEGORY:
        yield CategoryTooLong(most=LONGEST_CATEGORY)
    if any(map(_UNSTORABLE.search, (draft.question, draft.answer, draft.category or "", *draft.phrasings))):
        yield UnstorableText()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
