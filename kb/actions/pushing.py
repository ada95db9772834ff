"""What another program of the shop writes: one article by its key, with a guard against writing over others."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb import queries
from kb.actions.base import locked
from kb.actions.drafts import save_drafts
from kb.models import Article, ArticleVersion
from kb.rules import Draft


class ChangedMeanwhile(Refusal):
    code = "kb.changed-meanwhile"
    status = 412
    sentence = _("Somebody changed the article %(key)s since you read it.")


class ExistsAlready(Refusal):
    code = "kb.exists-already"
    status = 412
    sentence = _("There is an article %(key)s already.")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the caller believes to write over: one of these marks (None: anything), or nothing at all."""

    marks: Collection[str] | None = None
    only_new: bool = False


ANYTHING = Expected()


@transaction.atomic
def push_draft(
    *, shop: Shop, draft: Draft, by: User | None, at: datetime, expected: Expected = ANYTHING
) -> tuple[ArticleVersion, bool]:
    """The article's latest version, and whether the article is new; the same text again makes no new version.

    Raises ChangedMeanwhile, ExistsAlready, and what save_drafts raises.
    """
    locked(shop.pk)
    before = queries.articles_by_key(shop, [draft.key.strip()]).get(draft.key.strip())
    if before and expected.only_new:
        raise ExistsAlready(key=draft.key)
    if expected.marks is not None and (before is None or mark(before) not in expected.marks):
        raise ChangedMeanwhile(key=draft.key)
    [version] = save_drafts(shop=shop, drafts=[draft], by=by, at=at)
    return version, before is None


def mark(article: Article) -> str:
    """Changes with the article's text and category, and with nothing else."""
    number = article.latest_version.number if article.latest_version else 0
    return f"{number}.{article.category_id or 0}"
