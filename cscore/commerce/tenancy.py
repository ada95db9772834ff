"""Whose row it is: every row of a shop is reached through the shops of the person who asks."""

from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from cscore.accounts.models import User
from cscore.common.errors import NotFound

M = TypeVar("M", bound=models.Model)


class TenantQuerySet(models.QuerySet[M]):
    """A queryset that knows the way from its rows to their shop."""

    shop_path: ClassVar[str] = "shop"

    def for_shops_of(self, person: User) -> Self:
        """Only rows of shops the person works for; a superuser sees all."""
        if person.is_superuser:
            return self
        return self.filter(**{f"{self.shop_path}__staff": person})


def reach(rows: TenantQuerySet[M], person: User, **key: Any) -> M:
    """The one row of this key that the person may see. Raises NotFound alike for missing and foreign."""
    try:
        return rows.for_shops_of(person).get(**key)
    except (ObjectDoesNotExist, ValueError, OverflowError) as missing:
        raise NotFound from missing
