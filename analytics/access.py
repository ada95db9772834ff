"""Which shops' reports a person may read."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest

from chat.models import Conversation
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import reach
from cscore.common.errors import NotFound
from kb.models import Article


def person_of(request: HttpRequest) -> User:
    """The signed-in person; doors have let nobody else in."""
    return cast(User, request.user)


def shops_of(person: User) -> list[Shop]:
    """The person's shops by name."""
    return list(Shop.objects.for_shops_of(person).order_by("pk"))


def chosen(shops: list[Shop], key: str) -> Shop:
    """The shop of this key, or the first when no key is given. Raises NotFound for any other key."""
    for shop in shops:
        if shop.key == key or not key:
            return shop
    raise NotFound


def article_for(person: User, article_id: int) -> Article:
    """An article of the person's shops. Raises NotFound alike for missing and foreign."""
    rows = Article.objects.filter(latest_version__isnull=False)
    return reach(rows.select_related("shop", "latest_version", "category"), person, pk=article_id)


def conversation_for(person: User, conversation_id: UUID) -> Conversation:
    """A conversation of the person's shops, whole. Raises NotFound alike for missing and foreign."""
    rows = Conversation.objects.select_related("shop", "customer", "agent")
    return reach(rows, person, pk=conversation_id)
