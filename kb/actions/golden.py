"""Golden questions: keeping and dropping them, and moving them along with the article that they are kept for."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb.actions.base import record
from kb.golden import MOST_KEPT
from kb.imports import Issue
from kb.models import Article, GoldenMove, GoldenQuestion, KnowledgeBase
from kb.questions import Line
from kb.rules import LONGEST_QUESTION

_NAMED: Final = 50


class NotAGoldenQuestion(Refusal):
    code = "kb.not-a-golden-question"
    sentence = _("A golden question has 1 to %(most)s characters.")


class TooManyGolden(Refusal):
    code = "kb.too-many-golden"
    sentence = _("A shop keeps at most %(most)s golden questions: each is asked again at every publish.")


class NoSuchArticle(Refusal):
    code = "kb.golden-without-article"
    sentence = _("No article has the key or the standard question “%(expected)s”.")


class BadGolden(Refusal):
    """`issues` says what is wrong on which line."""

    code = "kb.bad-golden"
    status = 422
    sentence = _("Nothing was kept: %(count)s lines must be corrected first.")

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        super().__init__(count=len({issue.line for issue in issues}))


@transaction.atomic
def keep_golden(*, article: Article, question: str, by: User | None, at: datetime) -> GoldenQuestion:
    """From now on the article must answer this question; asked again, the question moves to this article.

    Raises NotAGoldenQuestion and TooManyGolden.
    """
    text = " ".join(question.split())
    if not 1 <= len(text) <= LONGEST_QUESTION:
        raise NotAGoldenQuestion(most=LONGEST_QUESTION)
    rows = GoldenQuestion.objects.filter(shop=article.shop)
    known = rows.filter(question=text).first()
    if known and known.article_id == article.pk:
        return known
    if known is None and rows.count() >= MOST_KEPT:
        raise TooManyGolden(most=MOST_KEPT)
    kept, _made = GoldenQuestion.objects.update_or_create(
        shop=article.shop, question=text, defaults={"article": article, "added_by": by, "added_at": at}
    )
    audit.record(by=by, verb="kb.keep_golden", on=kept, at=at, shop_key=article.shop.key, article=article.key)
    return kept


@transaction.atomic
def keep_all_golden(*, shop: Shop, lines: Iterable[Line], by: User | None, at: datetime) -> int:
    """All of these lines or none; says how many. Raises BadGolden with every issue, and TooManyGolden."""
    rows = Article.objects.filter(shop=shop, latest_version__isnull=False).select_related(
        "shop", "latest_version"
    )
    articles = {article.key: article for article in rows}
    asked = {str(article): article for article in articles.values()}
    found = [(line, articles.get(line.expected) or asked.get(line.expected)) for line in lines]
    issues = [
        Issue(line.number, NoSuchArticle(expected=line.expected)) for line, article in found if not article
    ]
    issues += [
        Issue(line.number, NotAGoldenQuestion(most=LONGEST_QUESTION))
        for line, _article in found
        if len(line.question) > LONGEST_QUESTION
    ]
    if issues:
        raise BadGolden(tuple(sorted(issues, key=lambda issue: issue.line)))
    for line, article in found:
        if article:
            keep_golden(article=article, question=line.question, by=by, at=at)
    return len(found)


@transaction.atomic
def drop_golden(*, golden_question: GoldenQuestion, by: User | None, at: datetime) -> None:
    """The question need not be answered by its article any more."""
    audit.record(
        by=by,
        verb="kb.drop_golden",
        on=golden_question,
        at=at,
        shop_key=golden_question.shop.key,
        article=golden_question.article.key,
    )
    golden_question.delete()


def moved_with(shop_id: int, release: int) -> list[tuple[GoldenQuestion, Article]]:
    """The golden questions that went with this release and are where it put them, each with the article it came from."""
    rows = GoldenMove.objects.filter(shop=shop_id, release=release).order_by("pk")
    moves = rows.select_related("question__article", "came_from")
    return [(move.question, move.came_from) for move in moves if move.question.article_id == move.went_to_id]


def move_golden(
    *, heirs: Sequence[tuple[GoldenQuestion, Article]], base: KnowledgeBase, by: User | None, at: datetime
) -> None:
    """These golden questions are for other articles from now on: part of the release that the base is at."""
    GoldenMove.objects.bulk_create(
        GoldenMove(
            shop_id=base.shop_id,
            release=base.release,
            question=question,
            came_from=question.article,
            went_to=heir,
        )
        for question, heir in heirs
    )
    ways = sorted(heirs, key=lambda one: (one[0].article_id, one[1].pk))
    for _way, group in groupby(ways, key=lambda one: (one[0].article_id, one[1].pk)):
        listed = list(group)
        question, heir = listed[0]
        record(
            "kb.move_golden",
            base,
            [heir],
            by,
            at,
            release=base.release,
            came_from=question.article.key,
            golden=[one.question for one, _heir in listed[:_NAMED]],
        )
        ids = [one.pk for one, _heir in listed]
        GoldenQuestion.objects.filter(pk__in=ids).update(article=heir)
