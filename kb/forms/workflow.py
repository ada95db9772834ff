"""What people type beside an article: when, why, who, and what they think of it."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.accounts.roles import GRANTED, Role
from cscore.commerce.models import Shop
from kb.actions.caring import LONGEST_INTERVAL
from kb.actions.commenting import LONGEST_COMMENT
from kb.actions.holding import LONGEST_REASON
from kb.actions.reviewing import LONGEST_NOTE
from kb.models import KnowledgeBase

PUBLISH, WITHDRAW = "publish", "withdraw"
_MINUTES = "%Y-%m-%dT%H:%M"
_WRITERS = [role for role in Role if Permission.KB_EDIT in GRANTED[role]]


class Moment(UnfoldAdminTextInputWidget):  # type: ignore[misc]
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"


class Day(UnfoldAdminTextInputWidget):  # type: ignore[misc]
    """The browser's own field for a day."""

    input_type = "date"


class NoteForm(forms.Form):
    """Why a version is sent back, or what its reviewer should know."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=UnfoldAdminTextInputWidget
    )


class DespiteForm(forms.Form):
    """Why golden questions may be lost."""

    despite = forms.CharField(
        label=_("Why they may be lost (kept in the audit trail)"),
        max_length=LONGEST_REASON,
        widget=UnfoldAdminTextInputWidget,
    )


class PlanForm(forms.Form):
    """What is to happen by itself, to which version, and when, in the installation's time zone."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("What"),
        choices=[(PUBLISH, _("Publish")), (WITHDRAW, _("Withdraw"))],
        widget=UnfoldAdminSelectWidget,
    )
    when = forms.DateTimeField(label=_("When"), input_formats=[_MINUTES], widget=Moment)


class CareForm(forms.Form):
    """Who looks after the article, and from which day on it needs another look."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=capfirst(_("owner")),
        required=False,
        empty_label=_("Nobody"),
        widget=UnfoldAdminSelectWidget,
        help_text=_("Who is told when the article must be looked at again."),
    )
    review_after = forms.DateField(label=capfirst(_("look at it again on")), required=False, widget=Day)

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writers = User.objects.filter(shops=shop, is_active=True, role__in=_WRITERS)
        self.fields["owner"].queryset = writers.order_by("display_name", "pk")  # type: ignore[attr-defined]


class LookAgainForm(forms.Form):
    """The day for many articles at once; empty: never."""

    day = forms.DateField(label=capfirst(_("look at it again on")), required=False, widget=Day)


class CommentForm(forms.Form):
    body = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


class PublishingRulesForm(forms.ModelForm[KnowledgeBase]):
    """How articles of one shop go live and grow stale."""

    class Meta:
        model = KnowledgeBase
        fields = ("two_people", "review_days")
        widgets: ClassVar[Any] = {
            "two_people": UnfoldBooleanSwitchWidget,
            "review_days": UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric", "size": 6}),
        }

    def clean_review_days(self) -> int:
        days: int = self.cleaned_data["review_days"]
        if days > LONGEST_INTERVAL:
            raise forms.ValidationError(
                _("Articles are looked at again after 0 to %(most)s days.") % {"most": LONGEST_INTERVAL}
            )
        return days
