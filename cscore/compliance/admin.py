"""The admin page of the shop's own wording rules."""

from typing import Any, ClassVar

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from cscore.accounts.permissions import Permission
from cscore.commerce.tenant_admin import TenantAdmin
from cscore.common import clock
from cscore.compliance import actions
from cscore.compliance.forms import RuleForm
from cscore.compliance.models import ActionChoice, Rule, as_fields
from cscore.compliance.starter import starter_rules


@admin.register(Rule)
class RuleAdmin(TenantAdmin):
    """Rules are switched off rather than deleted, so that the audit trail keeps its objects."""

    view_permission = Permission.COMPLIANCE_VIEW
    change_permission = Permission.COMPLIANCE_MANAGE
    form = RuleForm
    fields = RuleForm.Meta.fields
    list_display = ("key", "family", "said", "what_happens", "severity", "active", "shop")
    list_select_related = ("shop",)
    list_filter: ClassVar[Any] = ("family", "action", "active", ("shop", admin.RelatedOnlyFieldListFilter))
    search_fields = ("key", "words", "clause")
    ordering = ("shop", "key")
    list_after_template = "compliance/starter.html"
    change_form_outer_before_template = "compliance/found_in.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        starter = [
            {
                "key": rule.key,
                "example": rule.example,
                "what": ActionChoice(rule.action).label,
                "clause": rule.clause,
            }
            for rule in starter_rules()
        ]
        return super().changelist_view(request, {"starter": starter} | (extra_context or {}))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new rule may begin as a copy of a starter rule, which it then replaces."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        key = initial.pop("starter", "")
        rule = next((rule for rule in starter_rules() if rule.key == key), None)
        return initial | (as_fields(rule) if rule else {})

    def get_readonly_fields(self, request: HttpRequest, obj: Rule | None = None) -> tuple[str, ...]:
        return ("shop", "key") if obj else ()

    def save_model(self, request: HttpRequest, obj: Rule, form: ModelForm[Rule], change: bool) -> None:
        actions.save_rule(rule=obj, by=request.user, at=clock.now())  # type: ignore[arg-type]

    @admin.display(description=_("words"))
    def said(self, rule: Rule) -> str:
        words = "、".join(rule.words.split())
        return words if len(words) <= 40 else f"{words[:40]}…"

    @display(  # type: ignore[untyped-decorator]
        description=_("what happens"),
        ordering="action",
        label={ActionChoice.BLOCK: "danger", ActionChoice.REPLACE: "warning", ActionChoice.WARN: "info"},
    )
    def what_happens(self, rule: Rule) -> tuple[str, str]:
        return rule.action, rule.get_action_display()
