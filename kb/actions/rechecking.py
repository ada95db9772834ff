"""Reading articles again when the wording rules have changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cscore.commerce.models import Shop
from cscore.compliance.queries import checker_for
from kb.actions.base import locked
from kb.actions.hits import write_hits
from kb.findings import found_in
from kb.models import Article, ArticleVersion, RuleHit
from kb.queries import batches, draft_of


def recheck_wording(*, shop: Shop, at: datetime) -> int:
    """What today's rules say of every live and every latest version; returns in how many that was news.

    Texts stay as they are. May run twice or beside a change of rules: each batch reads the rules behind the lock,
    and the change brings a run of its own.
    """
    pairs = Article.objects.filter(shop=shop).in_use().values_list("live_version", "latest_version")
    ids = sorted({version for pair in pairs for version in pair if version is not None})
    return sum(_recheck(shop, some, at) for some in batches(ids))


@transaction.atomic
def _recheck(shop: Shop, ids: Sequence[int], at: datetime) -> int:
    locked(shop.pk)
    checker = checker_for(shop)
    news = []
    for version in (
        ArticleVersion.objects.filter(pk__in=ids).select_related("article").prefetch_related("hits")
    ):
        found = found_in(checker, draft_of(version), at)
        if found != version.findings or (bool(found) and not version.hits.all()):
            version.findings = found
            news.append(version)
    ArticleVersion.objects.bulk_update(news, ["findings"], batch_size=100)
    RuleHit.objects.filter(version__in=[version.pk for version in news]).delete()
    write_hits(news)
    return len(news)
