"""The same articles in another shop: each shop owns its own, so that what one says is never changed from the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb.actions.base import locked, only_shop, record
from kb.actions.drafts import save_drafts
from kb.models import Article, ArticleVersion
from kb.queries import draft_of
from kb.rules import Draft


class SameShop(Refusal):
    code = "kb.same-shop"
    sentence = _("The articles are in this shop already: choose another one.")


class NothingToCopy(Refusal):
    code = "kb.nothing-to-copy"
    sentence = _("There is nothing to copy.")


@transaction.atomic
def copy_to_shop(
    *, articles: Sequence[Article], shop: Shop, by: User | None, at: datetime
) -> list[ArticleVersion]:
    """The latest text of each article as a draft of the other shop, under the same key and category name.

    All or none; nothing goes live. Who reaches both shops is the door's to see. Raises NothingToCopy, SameShop,
    OfAnotherShop, and as save_drafts does.
    """
    drafts = [_draft(article, article.latest_version) for article in articles if article.latest_version]
    if not drafts:
        raise NothingToCopy
    source = only_shop(articles)
    if source == shop.pk:
        raise SameShop
    versions = save_drafts(shop=shop, drafts=drafts, by=by, at=at)
    copied = [version.article for version in versions]
    record("kb.copy", locked(shop.pk), copied, by, at, copied_from=articles[0].shop.key)
    return versions


def _draft(article: Article, latest: ArticleVersion) -> Draft:
    # Known already: asking each version for its article would be a query a row.
    latest.article = article
    return replace(draft_of(latest), category=article.category.name if article.category else "")
