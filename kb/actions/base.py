"""What every verb of the knowledge base begins with."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb.models import Article, KnowledgeBase

_NAMED: Final = 50


class OfAnotherShop(Refusal):
    code = "kb.of-another-shop"
    sentence = _("Articles, versions and categories of two shops never meet.")


class ArchivedArticle(Refusal):
    code = "kb.archived"
    status = 409
    sentence = _("“%(question)s” is archived: take it out of the archive first.")


def locked(shop_id: int) -> KnowledgeBase:
    """The shop's knowledge base, locked until the transaction ends: one writer at a time."""
    base, _created = KnowledgeBase.objects.select_for_update().get_or_create(shop_id=shop_id)
    return base


def only_shop(articles: Iterable[Article]) -> int:
    """The id of the one shop that all of them belong to. Raises OfAnotherShop."""
    shops = {article.shop_id for article in articles}
    if len(shops) != 1:
        raise OfAnotherShop
    return shops.pop()


def opened(article: Article) -> tuple[KnowledgeBase, Article]:
    """The shop's knowledge base, locked, and the article as it is behind that lock. Raises ArchivedArticle."""
    base = locked(article.shop_id)
    rows = Article.objects.select_related("shop", "latest_version", "live_version", "planned_version")
    fresh = rows.get(pk=article.pk)
    if fresh.archived_at is not None:
        raise ArchivedArticle(question=str(fresh))
    return base, fresh


def record(
    verb: str, base: KnowledgeBase, articles: Sequence[Article], by: User | None, at: datetime, **details: Any
) -> None:
    """The verb's line in the audit trail: on the article, or on the knowledge base when there were several."""
    on = articles[0] if len(articles) == 1 else base
    keys = [article.key for article in articles[:_NAMED]]
    shop: Shop = base.shop
    audit.record(
        by=by, verb=verb, on=on, at=at, shop_key=shop.key, articles=keys, count=len(articles), **details
    )
