"""The admin opens by role, not by Django's table of model permissions."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, cast

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.functional import Promise
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from cscore.accounts.permissions import Permission

Shown = TypeVar("Shown", bound=Callable[..., tuple[str, str]])
COLOURS = ("", "info", "success", "warning", "danger", "primary")


def badge(description: str | Promise, *, ordering: str | None = None) -> Callable[[Shown], Shown]:
    """Shows a column as a badge; the method returns (one of COLOURS, text)."""
    shown = display(description=description, ordering=ordering, label={name: name for name in COLOURS})
    return cast(Callable[[Shown], Shown], shown)


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
    """An admin page with the theme's look, opened by role. Its trail is the audit trail, not Django's log."""

    list_per_page = 50
    list_fullwidth = True
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """An address narrows a list only by what the list shows or offers as a filter.

        Django allows every field of the row: so a secret could be guessed letter by letter.
        """
        name = lookup.split(LOOKUP_SEP)[0]
        return self._shows(name, request) and bool(super().lookup_allowed(lookup, value, request))

    def _shows(self, name: str, request: HttpRequest) -> bool:
        """Whether the list shows or filters by the field; what is no field is a filter's own name."""
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return True
        offered = [one[0] if isinstance(one, tuple) else one for one in self.get_list_filter(request)]
        shown = (*self.get_list_display(request), *offered, self.date_hierarchy)
        return field.name in shown or getattr(field, "primary_key", False)

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:
        """The verb that saved the row has written its own audit line."""

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:
        """The verb that saved the row has written its own audit line."""

    def log_deletions(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """The verb that deleted the rows has written its own audit lines."""


class GuardedInline(OpensByRole, TabularInline):  # type: ignore[misc]
    extra = 0
