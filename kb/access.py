"""The only way to get a row of the knowledge base for a person."""

from typing import Any

from django.http import HttpRequest

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import reach
from cscore.common.errors import NotFound, SignInFirst
from kb.models import Article, ArticleQuerySet, ArticleVersion, Comment, Release
from kb.rules import is_key


def person_of(request: HttpRequest) -> User:
    """Who asks. Raises SignInFirst."""
    if not isinstance(request.user, User):
        raise SignInFirst
    return request.user


def article_for(person: User, **key: Any) -> Article:
    """An article of one of the person's shops. Raises NotFound."""
    rows = Article.objects.select_related("shop", "category", "latest_version", "live_version")
    return reach(rows, person, **key)


def articles_of(shop: Shop) -> ArticleQuerySet:
    """The articles of the one shop that a token speaks for."""
    related = ("category", "latest_version", "live_version")
    return Article.objects.filter(shop=shop).select_related(*related)


def article_of(shop: Shop, key: str) -> Article:
    """The shop's article with this key. Raises NotFound."""
    article = articles_of(shop).filter(key=key).first() if is_key(key) else None
    if article is None:
        raise NotFound
    return article


def version_of(article: Article, number: int) -> ArticleVersion:
    """Raises NotFound."""
    version = article.versions.filter(number=number).first()
    if version is None:
        raise NotFound
    return version


def version_for(person: User, *, article_id: int, number: int) -> ArticleVersion:
    """One version, reached through its article. Raises NotFound."""
    rows = ArticleVersion.objects.select_related("article__shop", "article__category")
    return reach(rows, person, article_id=article_id, number=number)


def release_for(person: User, *, key: str, number: int) -> list[Release]:
    """What one release of a shop moved, at least one article. Raises NotFound."""
    rows = Release.objects.for_shops_of(person).filter(shop__key=key, number=number)
    found = list(rows.select_related("shop", "article", "version", "by").order_by("pk"))
    if not found:
        raise NotFound
    return found


def comment_for(person: User, *, article_id: int, pk: int) -> Comment:
    """A remark about an article, reached through it. Raises NotFound."""
    return reach(Comment.objects.select_related("article__shop"), person, article_id=article_id, pk=pk)


def shops_of(person: User) -> list[Shop]:
    """The person's shops, in the order in which they were opened."""
    return list(Shop.objects.for_shops_of(person).order_by("pk"))
