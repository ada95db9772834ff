"""Golden questions: keeping them, and holding back a release that would lose the answer to one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.common.errors import NotAllowed, Refusal
from kb import golden
from kb.foresight import prospect
from kb.golden import MOST_KEPT, Regression
from kb.imports import Issue
from kb.models import Article, ArticleVersion, GoldenQuestion
from kb.questions import Line
from kb.rules import LONGEST_QUESTION

LONGEST_REASON: Final = 500
_NAMED: Final = 3


class GoldenRegression(Refusal):
    """`regressions` are the golden questions that would be lost, all of them."""

    code = "kb.golden-regression"
    status = 409
    sentence = _(
        "Held back: golden questions would no longer be answered as they must be (%(count)s): %(questions)s. "
        "A team lead may decide otherwise, with a reason."
    )

    def __init__(self, regressions: Sequence[Regression]) -> None:
        self.regressions = tuple(regressions)
        shown = [f"“{one.question}”" for one in regressions[:_NAMED]]
        more = ["…"] if len(regressions) > _NAMED else []
        super().__init__(count=len(regressions), questions=" ".join(shown + more))


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


def hold(
    shop_id: int, moves: Iterable[tuple[Article, ArticleVersion | None]], *, by: User | None, despite: str
) -> dict[str, Any]:
    """Raises GoldenRegression when a golden question would be served less well after these moves than now.

    With a reason, `despite`, it lets them pass for who may override; what that cost goes into the audit's details.
    Asked behind the knowledge base's lock, so that nothing goes live in between.
    """
    kept = golden.questions_of(shop_id)
    if not kept:
        return {}
    listed = list(moves)
    for article, version in listed:
        if version is not None:
            version.article = article
    withdrawn = [article.key for article, version in listed if version is None]
    lost = golden.regressions(
        kept, prospect(shop_id, [version for _article, version in listed if version], withdrawn)
    )
    if not lost:
        return {}
    if not despite.strip():
        raise GoldenRegression(lost)
    if by is None or not by.may(Permission.KB_OVERRIDE):
        raise NotAllowed
    return {"despite": despite.strip()[:LONGEST_REASON], "golden": [one.question for one in lost]}


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
