"""Saving what an article says. Text is never overwritten: a change is a new version."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from cscore.common.ids import uuid7
from cscore.compliance.queries import checker_for
from kb import queries
from kb.actions.base import ArchivedArticle, OfAnotherShop, locked, record
from kb.actions.writer import Writing, writing
from kb.models import Article, ArticleVersion, Category, KnowledgeBase
from kb.rules import Draft, refusals, tidied


class QuestionTaken(Refusal):
    code = "kb.question-taken"
    status = 409
    sentence = _("Another article, %(key)s, already answers “%(question)s”.")


class KeyTwice(Refusal):
    code = "kb.key-twice"
    sentence = _("The key %(key)s stands here twice.")


def save_draft(
    *,
    shop: Shop,
    key: str,
    category: Category | None,
    question: str,
    phrasings: Iterable[str],
    answer: str,
    by: User | None,
    at: datetime,
    article: Article | None = None,
) -> ArticleVersion:
    """The text as the article's latest version; the same text again makes no new one.

    An empty key gets one; a key that exists means that article, and so does `article`, whose key never changes.
    Raises OfAnotherShop, QuestionTaken, ArchivedArticle and the refusals of kb.rules.
    """
    if any(row is not None and row.shop_id != shop.pk for row in (category, article)):
        raise OfAnotherShop
    named = article.key if article else key.strip() or uuid7().hex[-12:]
    draft = Draft(named, question, tuple(phrasings), answer, category.name if category else "")
    return save_drafts(shop=shop, drafts=[draft], by=by, at=at)[0]


@transaction.atomic
def save_drafts(
    *, shop: Shop, drafts: Iterable[Draft], by: User | None, at: datetime
) -> list[ArticleVersion]:
    """All of them or none, in their order. Raises as save_draft does."""
    tidy = [tidied(draft) for draft in drafts]
    base = locked(shop.pk)
    meeting = (refusal for _place, refusal in clashes(shop, tidy))
    for refusal in chain(chain.from_iterable(map(refusals, tidy)), meeting):
        raise refusal
    made = writing(shop=shop, drafts=tidy, by=by, at=at, checker=checker_for(shop))
    store_drafts(made, base, by, at)
    return made.latest


def store_drafts(
    made: Writing,
    base: KnowledgeBase,
    by: User | None,
    at: datetime,
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Writes what was made ready, behind the base's lock; `progress` hears how many versions are stored."""
    made.store(progress)
    if made.versions:
        record("kb.draft", base, [version.article for version in made.versions], by, at)


def clashes(shop: Shop, drafts: Sequence[Draft]) -> Iterator[tuple[int, Refusal]]:
    """Where tidied drafts meet each other or the shop's other articles: the place of the draft, and why."""
    keys = {draft.key for draft in drafts}
    taken = queries.taken_questions(shop, [draft.question for draft in drafts])
    archived = queries.archived_keys(shop, keys)
    # An article of this batch asks something else from now on: what it asked before is free.
    asked = {question: key for question, key in taken.items() if key not in keys}
    seen: set[str] = set()
    for place, draft in enumerate(drafts):
        if draft.key in seen:
            yield place, KeyTwice(key=draft.key)
        elif draft.key in archived:
            yield place, ArchivedArticle(question=draft.question)
        elif asked.setdefault(draft.question, draft.key) != draft.key:
            yield place, QuestionTaken(key=asked[draft.question], question=draft.question)
        seen.add(draft.key)
