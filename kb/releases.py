"""What one release changed, article by article, and whether it can be put back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Max

from cscore.commerce.models import Shop
from kb.models import Article, ArticleVersion, Release
from kb.queries import batches


@dataclass(frozen=True, slots=True)
class Change:
    """One article's part in a release: what customers were told before and after, None for nothing."""

    release: Release
    before: ArticleVersion | None

    @property
    def after(self) -> ArticleVersion | None:
        return self.release.version


def changes(rows: Sequence[Release]) -> list[Change]:
    """What each of these rows of one release changed. Two queries."""
    earlier = earlier_versions(rows)
    return [Change(row, earlier.get(row.article_id)) for row in rows]


def earlier_versions(rows: Sequence[Release]) -> dict[int, ArticleVersion | None]:
    """By article, what customers were told before this release; articles that never were live are left out."""
    if not rows:
        return {}
    number, articles = rows[0].number, [row.article_id for row in rows]
    found: dict[int, ArticleVersion | None] = {}
    for some in batches(articles):
        last = (
            Release.objects.filter(article__in=some, number__lt=number)
            .values("article")
            .annotate(n=Max("number"))
        )
        pairs = {(row["article"], row["n"]) for row in last}
        before = Release.objects.filter(article__in=some, number__in={n for _article, n in pairs})
        for row in before.select_related("version"):
            if (row.article_id, row.number) in pairs:
                found[row.article_id] = row.version
    return found


def changed_since(shop: Shop, number: int, articles: Collection[int]) -> list[tuple[Article, int]]:
    """Those of the articles that a later release moved again, with the last such release."""
    found: dict[int, int] = {}
    for some in batches(list(articles)):
        later = Release.objects.filter(shop=shop, number__gt=number, article__in=some)
        rows = later.values("article").annotate(last=Max("number"))
        found |= {row["article"]: row["last"] for row in rows}
    named = Article.objects.select_related("latest_version").in_bulk(list(found))
    return [(named[article], last) for article, last in sorted(found.items(), key=lambda one: one[1])]
