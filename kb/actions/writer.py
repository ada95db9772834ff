"""Writes articles and versions in batches, inside the transaction of whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.compliance.queries import ShopChecker, checker_for
from kb import queries
from kb.actions.base import rewrite
from kb.actions.hits import write_hits
from kb.findings import found_in
from kb.models import Article, ArticleVersion, Category, ReviewState
from kb.rules import Draft, completed


@dataclass(slots=True)
class Writer:
    """One shop's pen; `written` are the versions made so far."""

    shop: Shop
    by: User | None
    at: datetime
    checker: ShopChecker
    categories: dict[str, Category | None] = field(default_factory=lambda: {"": None})
    written: list[ArticleVersion] = field(default_factory=list)

    @classmethod
    def of(cls, shop: Shop, by: User | None, at: datetime, checker: ShopChecker | None = None) -> "Writer":
        return cls(shop, by, at, checker or checker_for(shop))

    def store(self, drafts: Sequence[Draft]) -> list[ArticleVersion]:
        """The latest version of each draft's article, made where the text is new."""
        articles = self._articles(drafts)
        moved = [articles[draft.key] for draft in drafts if self._categorised(articles[draft.key], draft)]
        versions = [
            version for draft in drafts if (version := self._changed(articles[draft.key], draft)) is not None
        ]
        for version in ArticleVersion.objects.bulk_create(versions):
            version.article.latest_version = version
            version.article.review_state = ReviewState.DRAFT
            moved.append(version.article)
        write_hits(versions)
        self._touch({article.pk: article for article in moved})
        self.written.extend(versions)
        return [_latest(articles[draft.key]) for draft in drafts]

    def _articles(self, drafts: Sequence[Draft]) -> dict[str, Article]:
        known = queries.articles_by_key(self.shop, [draft.key for draft in drafts])
        born = {"created_at": self.at, "updated_at": self.at, "owner": self.by}
        new = [Article(shop=self.shop, key=draft.key, **born) for draft in drafts if draft.key not in known]
        return known | {article.key: article for article in Article.objects.bulk_create(new)}

    def _categorised(self, article: Article, draft: Draft) -> bool:
        """Whether the draft moves the article into another category."""
        before = article.category_id
        if draft.category is not None:
            article.category = self._category(draft.category)
        return article.category_id != before

    def _category(self, name: str) -> Category | None:
        if name not in self.categories:
            self.categories[name], _created = Category.objects.get_or_create(shop=self.shop, name=name)
        return self.categories[name]

    def _changed(self, article: Article, draft: Draft) -> ArticleVersion | None:
        """The version to write; None when the draft says what the latest one says."""
        before = queries.draft_of(_latest(article)) if article.latest_version else None
        draft = completed(draft, before)
        if before and draft == replace(before, category=draft.category):
            return None
        return ArticleVersion(
            article=article,
            number=article.latest_version.number + 1 if article.latest_version else 1,
            question=draft.question,
            phrasings=list(draft.phrasings),
            answer=draft.answer,
            rich=draft.rich.as_json() if draft.rich else {},
            answers=[other.as_json() for other in draft.others or ()],
            negatives=list(draft.negatives or ()),
            negative_keywords=list(draft.negative_keywords or ()),
            tell_person=bool(draft.tell_person),
            findings=found_in(self.checker, draft, self.at),
            created_at=self.at,
            created_by=self.by,
        )

    def _touch(self, articles: dict[int, Article]) -> None:
        for article in articles.values():
            article.updated_at = self.at
        rewrite(list(articles.values()), ["latest_version", "category", "review_state", "updated_at"])


def _latest(article: Article) -> ArticleVersion:
    latest = article.latest_version
    if latest is None:
        raise ValueError(f"{article.key} was stored without a version.")
    latest.article = article
    return latest
