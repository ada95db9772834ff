from typing import Any, cast

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce import identity
from cscore.commerce.forms import ShopForm
from cscore.commerce.models import Shop
from cscore.commerce.tenant_admin import AuditedForms


@admin.register(Shop)
class ShopAdmin(AuditedForms):
    """A shop's administrators change it; only a superuser opens a new one, since it has no staff yet."""

    view_permission = Permission.COMMERCE_VIEW
    change_permission = Permission.COMMERCE_MANAGE
    shop_path = ""
    form = ShopForm
    list_display = ("name", "key", "language", "people")
    search_fields = ("name", "key")
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Shop]:
        rows = super().get_queryset(request).annotate(staff_count=models.Count("staff", distinct=True))
        return cast("models.QuerySet[Shop]", rows)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return cast(User, request.user).is_superuser and super().has_add_permission(request)

    def get_fields(self, request: HttpRequest, obj: Shop | None = None) -> tuple[str, ...]:
        fields = ("key", "name", "language")
        if not self.has_change_permission(request, obj):
            return fields
        return (*fields, "widget_origins", "identity_key") if obj else (*fields, "widget_origins")

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return ("key", "identity_key") if obj else ()

    def save_model(self, request: HttpRequest, obj: Shop, form: Any, change: bool) -> None:
        if not change:
            obj.identity_key = identity.new_key()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("people"))
    def people(self, shop: Shop) -> int:
        return int(getattr(shop, "staff_count", 0))
