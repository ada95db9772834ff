"""The only way to get a row of the knowledge base for a person."""

from typing import Any

from django.http import HttpRequest

from cscore.accounts.models import User
from cscore.commerce.tenancy import reach
from cscore.common.errors import SignInFirst
from kb.models import Article, ArticleVersion


def person_of(request: HttpRequest) -> User:
    """Who asks. Raises SignInFirst."""
    if not isinstance(request.user, User):
        raise SignInFirst
    return request.user


def article_for(person: User, **key: Any) -> Article:
    """An article of one of the person's shops. Raises NotFound."""
    rows = Article.objects.select_related("shop", "category", "latest_version", "live_version")
    return reach(rows, person, **key)


def version_for(person: User, *, article_id: int, number: int) -> ArticleVersion:
    """One version, reached through its article. Raises NotFound."""
    rows = ArticleVersion.objects.select_related("article__shop", "article__category")
    return reach(rows, person, article_id=article_id, number=number)
