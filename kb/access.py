"""The only way to get a row of the knowledge base for a person."""

from typing import Any

from cscore.accounts.models import User
from cscore.commerce.tenancy import reach
from kb.models import Article, ArticleVersion


def article_for(person: User, **key: Any) -> Article:
    """An article of one of the person's shops. Raises NotFound."""
    rows = Article.objects.select_related("shop", "category", "latest_version", "live_version")
    return reach(rows, person, **key)


def version_for(person: User, *, article_id: int, number: int) -> ArticleVersion:
    """One version, reached through its article. Raises NotFound."""
    rows = ArticleVersion.objects.select_related("article__shop", "article__category")
    return reach(rows, person, article_id=article_id, number=number)
