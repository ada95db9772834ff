"""Admin pages that show a person only the rows of his own shops."""

from typing import Any, cast

from django.db import models
from django.forms import ModelChoiceField
from django.http import HttpRequest

from cscore.accounts.guarded_admin import GuardedAdmin
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import TenantQuerySet


class TenantAdmin(GuardedAdmin):
    """Rows, and the choices in its forms, come from the person's shops; a foreign row is a missing row."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = cast(TenantQuerySet[Any], super().get_queryset(request))
        return rows.for_shops_of(cast(User, request.user))

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        rows = db_field.remote_field.model._default_manager.all()
        if isinstance(rows, TenantQuerySet):
            rows = rows.for_shops_of(cast(User, request.user))
            kwargs.setdefault("queryset", rows)
            if db_field.remote_field.model is Shop:
                kwargs.setdefault("initial", rows.first())
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return cast("ModelChoiceField[Any] | None", field)
