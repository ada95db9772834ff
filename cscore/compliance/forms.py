"""The shape of a rule as an editor writes it."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextareaWidget

from cscore.compliance.models import Rule, ScopeChoice


class RuleForm(forms.ModelForm[Rule]):
    scopes = forms.MultipleChoiceField(
        label=capfirst(_("applies to")),
        choices=ScopeChoice.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Nothing chosen: everywhere."),
    )

    class Meta:
        model = Rule
        widgets: ClassVar[Any] = {
            "words": UnfoldAdminTextareaWidget(attrs={"rows": 5}),
            "exceptions": UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        }
        fields = (
            "shop",
            "key",
            "family",
            "words",
            "exceptions",
            "negation",
            "action",
            "severity",
            "scopes",
            "suggestion",
            "clause",
            "effective_from",
            "effective_to",
            "active",
        )
