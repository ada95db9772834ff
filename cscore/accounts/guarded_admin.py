"""The admin opens by role, not by Django's table of model permissions."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from cscore.accounts.permissions import Permission


class OpensByRole:
    """Who may look and who may change; None closes the door for everyone. Rows are deleted only where said."""

    view_permission: ClassVar[Permission | None] = None
    change_permission: ClassVar[Permission | None] = None
    may_add: ClassVar[bool] = True
    may_delete: ClassVar[bool] = False

    def _grants(self, request: HttpRequest, permission: Permission | None) -> bool:
        return permission is not None and request.user.is_authenticated and request.user.may(permission)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._grants(request, self.view_permission)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._grants(request, self.view_permission)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._grants(request, self.change_permission)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may_add and self._grants(request, self.change_permission)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may_delete and self._grants(request, self.change_permission)


class GuardedAdmin(OpensByRole, ModelAdmin):  # type: ignore[misc]
    """An admin page with the theme's look, opened by role."""

    list_per_page = 50
    list_fullwidth = True
    show_full_result_count = False


class GuardedInline(OpensByRole, TabularInline):  # type: ignore[misc]
    extra = 0
