"""The audit trail: read by whoever may, changed by nobody. (People are in cscore.commerce.admin, with their shops.)"""

import json
from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, RangeDateFilter

from cscore.accounts.access import audit_of
from cscore.accounts.guarded_admin import GuardedAdmin
from cscore.accounts.models import AuditEntry, User
from cscore.accounts.permissions import Permission
from cscore.accounts.verbs import in_words

# Rights come from roles (roles.py), so groups would promise what they do not keep.
admin.site.unregister(Group)


class VerbFilter(AllValuesCheckboxFilter):  # type: ignore[misc]
    """The verbs that stand in the trail, in words."""

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        words = [(verb, in_words(verb)) for verb in self.lookup_choices]
        label = _("By %(title)s") % {"title": self.title}
        chosen = {self.lookup_kwarg: self.value()}
        yield {
            "form": self.form_class(label=label, name=self.lookup_kwarg, choices=words, data=chosen),
        }


@admin.register(AuditEntry)
class AuditEntryAdmin(GuardedAdmin):
    view_permission = Permission.AUDIT_VIEW
    may_add = False
    list_display = ("at", "who", "what", "object_text", "kind", "shop_key")
    list_display_links = ("at",)
    list_filter = (
        ("at", RangeDateFilter),
        ("verb", VerbFilter),
        ("shop_key", AllValuesCheckboxFilter),
    )
    list_filter_submit = True
    list_select_related = ("by",)
    search_fields = ("object_text", "object_id", "by__username", "by__display_name")
    search_help_text = _("The object, or who did it")
    fields = ("at", "who", "what", "verb", "shop_key", "kind", "object_id", "object_text", "pretty_details")
    readonly_fields = fields
    ordering = ("-at", "-pk")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[AuditEntry]:
        return audit_of(cast(User, request.user))

    @admin.display(description=_("by"), ordering="by__display_name")
    def who(self, entry: AuditEntry) -> str:
        return str(entry.by or _("the system"))

    @admin.display(description=_("what"), ordering="verb")
    def what(self, entry: AuditEntry) -> str:
        return in_words(entry.verb)

    @admin.display(description=_("kind of object"), ordering="object_type")
    def kind(self, entry: AuditEntry) -> str:
        try:
            return str(apps.get_model(entry.object_type)._meta.verbose_name)
        except LookupError:
            return entry.object_type

    @admin.display(description=_("details"))
    def pretty_details(self, entry: AuditEntry) -> str:
        return as_lines(entry.details)


def as_lines(details: dict[str, Any]) -> str:
    """JSON as people read it, one fact a line; escaped."""
    text = json.dumps(details, ensure_ascii=False, indent=2, sort_keys=True)
    return format_html('<pre class="whitespace-pre-wrap">{}</pre>', text)
