"""Admin pages that show a person only the rows of his own shops."""

from typing import Any, ClassVar, cast

from django.contrib.admin import RelatedOnlyFieldListFilter
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.forms import Field, ModelChoiceField
from django.http import HttpRequest

from cscore.accounts import audit
from cscore.accounts.guarded_admin import GuardedAdmin
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import TenantQuerySet
from cscore.common import clock


class TenantAdmin(GuardedAdmin):
    """Rows, and the choices in its forms, come from the person's shops; a foreign row is a missing row."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = cast(TenantQuerySet[Any], super().get_queryset(request))
        return rows.for_shops_of(cast(User, request.user))

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Who works in one shop needs no column that names it."""
        columns = list(super().get_list_display(request))
        if "shop" in columns and len(Shop.objects.for_shops_of(cast(User, request.user))[:2]) < 2:
            columns.remove("shop")
        return columns

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """A bare relation would offer every shop's rows as choices: only those of the person's rows are."""
        return [self._narrowed(one) for one in super().get_list_filter(request)]

    def _narrowed(self, one: Any) -> Any:
        if isinstance(one, str) and LOOKUP_SEP not in one and self.opts.get_field(one).is_relation:
            return one, RelatedOnlyFieldListFilter
        return one

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

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.related_model is Shop and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A shop is not opened or changed from the form of one of its rows.
            for verb in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{verb}_related", False)
        return cast("Field | None", field)


class AuditedForms(TenantAdmin):
    """A page whose form saves rows as they are, without a verb: each save is one line in the audit trail.

    `message` is Django's account of the change: what was added and which fields changed, not their values.
    """

    shop_path: ClassVar[str] = "shop"

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        """A row stays in the shop it was made for: what hangs on it would be left behind."""
        return (self.shop_path,) if obj and self.shop_path else ()

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:
        self._record("add", request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:
        self._record("change", request, obj, message)

    def _record(self, verb: str, request: HttpRequest, obj: models.Model, message: Any) -> None:
        shop: Any = obj
        for name in self.shop_path.split(LOOKUP_SEP) if self.shop_path else ():
            shop = getattr(shop, name)
        audit.record(
            by=cast(User, request.user),
            verb=f"{obj._meta.app_label}.{verb}-{obj._meta.model_name}",
            on=obj,
            at=clock.now(),
            shop_key=shop.key,
            changes=message,
        )
