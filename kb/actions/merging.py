"""Two articles that ask nearly the same: making one of them, or teaching the bot to tell them apart."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.common.errors import Refusal
from kb.actions.base import locked, only_shop, record
from kb.actions.drafts import save_drafts
from kb.models import Article, ArticleVersion
from kb.queries import draft_of
from kb.rules import Draft


class ItselfAgain(Refusal):
    code = "kb.itself-again"
    sentence = _("Choose two different articles.")


class NotMerged(Refusal):
    code = "kb.not-merged"
    sentence = _("This article is not about to be taken into another one.")


def merged(into: ArticleVersion, other: ArticleVersion) -> Draft:
    """What the one article says when it also answers what the other is asked; its answer stays as it is."""
    draft, taken = draft_of(into), draft_of(other)
    wordings = (*draft.phrasings, taken.question, *taken.phrasings)
    # What only belonged to the other article until now may have been ruled out here.
    kept = tuple(text for text in draft.negatives or () if text not in {taken.question, *taken.phrasings})
    return replace(draft, phrasings=tuple(dict.fromkeys(wordings)), negatives=kept)


@transaction.atomic
def merge(*, into: Article, other: Article, by: User | None, at: datetime) -> ArticleVersion:
    """The other article's wordings in a new draft of this one; when that is published, the other is withdrawn.

    Customers notice nothing yet. Raises ItselfAgain, OfAnotherShop and the refusals of save_drafts.
    """
    one, two = _pair(into, other)
    [version] = save_drafts(shop=one.shop, drafts=[merged(_latest(one), _latest(two))], by=by, at=at)
    two.merged_into, two.updated_at = one, at
    two.save(update_fields=["merged_into", "updated_at"])
    record("kb.merge", locked(one.shop_id), [one, two], by, at)
    return version


@transaction.atomic
def keep_apart(*, article: Article, by: User | None, at: datetime) -> None:
    """The article is not taken into another one after all. Raises NotMerged."""
    base = locked(article.shop_id)
    article.refresh_from_db()
    if article.merged_into is None:
        raise NotMerged
    article.merged_into = None
    article.save(update_fields=["merged_into"])
    record("kb.keep_apart", base, [article], by, at)


@transaction.atomic
def tell_apart(*, one: Article, other: Article, by: User | None, at: datetime) -> list[ArticleVersion]:
    """New drafts in which each article knows the other's wordings as asking something else.

    A message that is nearer to one of them than to the article's own wordings is then never taken for it. Raises
    ItselfAgain, OfAnotherShop and the refusals of save_drafts.
    """
    left, right = _pair(one, other)
    drafts = [_knowing(_latest(left), _latest(right)), _knowing(_latest(right), _latest(left))]
    versions = save_drafts(shop=left.shop, drafts=drafts, by=by, at=at)
    record("kb.tell_apart", locked(left.shop_id), [left, right], by, at)
    return versions


def _pair(one: Article, other: Article) -> tuple[Article, Article]:
    """Both as they are behind their shop's lock."""
    if one.pk == other.pk:
        raise ItselfAgain
    locked(only_shop([one, other]))
    fresh = Article.objects.select_related("shop", "latest_version").in_bulk([one.pk, other.pk])
    return fresh[one.pk], fresh[other.pk]


def _latest(article: Article) -> ArticleVersion:
    if article.latest_version is None:
        raise ValueError(f"{article.key} has no version.")
    article.latest_version.article = article
    return article.latest_version


def _knowing(version: ArticleVersion, other: ArticleVersion) -> Draft:
    draft = draft_of(version)
    own = {draft.question, *draft.phrasings}
    wordings = dict.fromkeys((*(draft.negatives or ()), other.question, *other.phrasings))
    return replace(draft, negatives=tuple(text for text in wordings if text not in own))
