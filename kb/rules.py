"""What an article may look like, before anything is stored. Values in, values out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Final

from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal
from kb.answers import OtherAnswer, Rich
from kb.answers.checks import AnswerTooLong, form_refused, others_refused
from kb.answers.tidying import lines, plain, tidied_form, tidied_other

LONGEST_KEY: Final = 60
LONGEST_QUESTION: Final = 256
LONGEST_ANSWER: Final = 4000
LONGEST_CATEGORY: Final = 60
MOST_PHRASINGS: Final = 1000
MOST_OTHER_ANSWERS: Final = 20
MOST_NEGATIVES: Final = 200
MOST_KEYWORDS: Final = 50
LONGEST_KEYWORD: Final = 40
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


class CategoryTooLong(Refusal):
    code = "kb.category-too-long"
    sentence = _("The name of a category has at most %(most)s characters.")


class TooManyOtherAnswers(Refusal):
    code = "kb.too-many-other-answers"
    sentence = _("An article takes at most %(most)s other answers.")


class TooManyNegatives(Refusal):
    code = "kb.too-many-negatives"
    sentence = _("An article takes at most %(most)s wordings that ask something else.")


class NegativeTooLong(Refusal):
    code = "kb.negative-too-long"
    sentence = _("This wording has more than %(most)s characters: %(wording)s")


class TooManyKeywords(Refusal):
    code = "kb.too-many-keywords"
    sentence = _("An article takes at most %(most)s negative keywords.")


class KeywordTooLong(Refusal):
    code = "kb.keyword-too-long"
    sentence = _("A negative keyword has at most %(most)s characters: %(keyword)s")


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
    "kb.form-too-long": "answer",
    "kb.too-many-other-answers": "others",
    "kb.other-answer": "others",
    "kb.unknown-placeholder": "answer",
    "kb.split-placeholder": "answer",
    "kb.placeholder-in-address": "answer",
    "kb.too-many-cards": "cards",
    "kb.bad-card": "cards",
    "kb.bad-address": "cards",
    "kb.too-many-negatives": "negatives",
    "kb.negative-too-long": "negatives",
    "kb.too-many-keywords": "negative_keywords",
    "kb.keyword-too-long": "negative_keywords",
    "kb.empty-answer": "answer",
    "kb.unsayable-answer": "answer",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of one version. `category` is a name: empty for none.

    What is None is left as it is: whoever knows nothing of it does not wipe it.
    """

    key: str
    question: str
    phrasings: tuple[str, ...] = ()
    answer: str = ""
    category: str | None = None
    rich: Rich | None = None
    others: tuple[OtherAnswer, ...] | None = None
    negatives: tuple[str, ...] | None = None
    negative_keywords: tuple[str, ...] | None = None
    tell_person: bool | None = None


def is_key(text: str) -> bool:
    """Whether an article may have this key."""
    return len(text) <= LONGEST_KEY and _KEY.fullmatch(text) is not None


def tidied(draft: Draft) -> Draft:
    """The draft in one Unicode form, without outer space, blank lines and lines said twice."""
    question = plain(draft.question)
    answer, rich = tidied_form(draft.answer, draft.rich)
    return replace(
        draft,
        key=draft.key.strip(),
        question=question,
        phrasings=tuple(phrasing for phrasing in lines(draft.phrasings) if phrasing != question),
        answer=answer,
        rich=rich,
        category=None if draft.category is None else plain(draft.category),
        others=None if draft.others is None else tuple(map(tidied_other, draft.others)),
        negatives=None if draft.negatives is None else lines(draft.negatives),
        negative_keywords=None if draft.negative_keywords is None else lines(draft.negative_keywords),
    )


def completed(draft: Draft, before: Draft | None) -> Draft:
    """The draft with what it leaves open as it was before.

    An answer's form goes with its words: other words without a form are plain text, with the cards as they were.
    """
    before = before or Draft(draft.key, "")
    rich = draft.rich
    if rich is None:
        rich = before.rich or Rich()
        rich = rich if draft.answer == before.answer else replace(rich, html="")
    return replace(
        draft,
        rich=rich,
        others=(before.others or ()) if draft.others is None else draft.others,
        negatives=(before.negatives or ()) if draft.negatives is None else draft.negatives,
        negative_keywords=(before.negative_keywords or ())
        if draft.negative_keywords is None
        else draft.negative_keywords,
        tell_person=bool(before.tell_person) if draft.tell_person is None else draft.tell_person,
    )


def refusals(draft: Draft) -> Iterator[Refusal]:
    """Everything that keeps a tidied draft from being stored."""
    if not is_key(draft.key):
        yield BadKey()
    if not draft.question:
        yield NoQuestion()
    if len(draft.question) > LONGEST_QUESTION:
        yield QuestionTooLong(most=LONGEST_QUESTION)
    if len(draft.phrasings) > MOST_PHRASINGS:
        yield TooManyPhrasings(most=MOST_PHRASINGS)
    for phrasing in _longer(draft.phrasings, LONGEST_QUESTION):
        yield PhrasingTooLong(most=LONGEST_QUESTION, phrasing=phrasing)
    if len(draft.answer) > LONGEST_ANSWER:
        yield AnswerTooLong(most=LONGEST_ANSWER)
    if len(draft.category or "") > LONGEST_CATEGORY:
        yield CategoryTooLong(most=LONGEST_CATEGORY)
    if len(draft.others or ()) > MOST_OTHER_ANSWERS:
        yield TooManyOtherAnswers(most=MOST_OTHER_ANSWERS)
    yield from form_refused(draft.answer, draft.rich or Rich())
    yield from others_refused(draft.others or (), LONGEST_ANSWER)
    yield from _negatives_refused(draft)
    if any(map(_UNSTORABLE.search, _texts(draft))):
        yield UnstorableText()


def _negatives_refused(draft: Draft) -> Iterator[Refusal]:
    negatives, keywords = draft.negatives or (), draft.negative_keywords or ()
    if len(negatives) > MOST_NEGATIVES:
        yield TooManyNegatives(most=MOST_NEGATIVES)
    for wording in _longer(negatives, LONGEST_QUESTION):
        yield NegativeTooLong(most=LONGEST_QUESTION, wording=wording)
    if len(keywords) > MOST_KEYWORDS:
        yield TooManyKeywords(most=MOST_KEYWORDS)
    for keyword in _longer(keywords, LONGEST_KEYWORD):
        yield KeywordTooLong(most=LONGEST_KEYWORD, keyword=keyword)


def _longer(lines: Iterable[str], most: int) -> Iterator[str]:
    """The beginning of every line that is longer."""
    return (f"{line[:40]}…" for line in lines if len(line) > most)


def _texts(draft: Draft) -> Iterator[str]:
    yield from (draft.question, draft.answer, draft.category or "", *draft.phrasings)
    yield from (*(draft.negatives or ()), *(draft.negative_keywords or ()))
    for rich in (draft.rich or Rich(), *(other.rich for other in draft.others or ())):
        yield from (
            rich.html,
            *(text for card in rich.cards for text in asdict(card).values() if isinstance(text, str)),
        )
    for other in draft.others or ():
        yield from (other.text, *other.when.products, *other.when.categories)
