"""Writes articles and versions in batches, inside the transaction of whoever asks."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.compliance.queries import ShopChecker, checker_for
from cscore.compliance.rules import Scope
from kb import queries
from kb.models import Article, ArticleVersion, Category
from kb.rules import Draft


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
    def of(cls, shop: Shop, by: User | None, at: datetime) -> "Writer":
        return cls(shop, by, at, checker_for(shop))

    def store(self, drafts: Sequence[Draft]) -> list[ArticleVersion]:
        """The latest version of each draft's article, made where the text is new."""
        articles = self._articles(drafts)
        moved = [articles[draft.key] for draft in drafts if self._categorised(articles[draft.key], draft)]
        changed = [draft for draft in drafts if _differs(articles[draft.key].latest_version, draft)]
        versions = [self._version(articles[draft.key], draft) for draft in changed]
        for version in ArticleVersion.objects.bulk_create(versions):
            version.article.latest_version = version
            moved.append(version.article)
        self._touch({article.pk: article for article in moved})
        self.written.extend(versions)
        return [_with_article(articles[draft.key]) for draft in drafts]

    def _articles(self, drafts: Sequence[Draft]) -> dict[str, Article]:
        known = queries.articles_by_key(self.shop, [draft.key for draft in drafts])
        born = {"created_at": self.at, "updated_at": self.at}
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

    def _version(self, article: Article, draft: Draft) -> ArticleVersion:
        before = article.latest_version
        return ArticleVersion(
            article=article,
            number=before.number + 1 if before else 1,
            question=draft.question,
            phrasings=list(draft.phrasings),
            answer=draft.answer,
            findings=self._findings(draft),
            created_at=self.at,
            created_by=self.by,
        )

    def _findings(self, draft: Draft) -> list[dict[str, Any]]:
        """What the wording rules say of the texts that customers will see."""
        texts = {"question": draft.question, "answer": draft.answer}
        return [
            {"field": name} | asdict(finding)
            for name, text in texts.items()
            for finding in self.checker.find(text, scope=Scope.ARTICLE, at=self.at)
        ]

    def _touch(self, articles: dict[int, Article]) -> None:
        for article in articles.values():
            article.updated_at = self.at
        Article.objects.bulk_update(
            articles.values(), ["latest_version", "category", "updated_at"], batch_size=100
        )


def _differs(version: ArticleVersion | None, draft: Draft) -> bool:
    said = (version.question, tuple(version.phrasings), version.answer) if version else None
    return said != (draft.question, draft.phrasings, draft.answer)


def _with_article(article: Article) -> ArticleVersion:
    latest = article.latest_version
    if latest is None:
        raise ValueError(f"{article.key} was stored without a version.")
    latest.article = article
    return latest
