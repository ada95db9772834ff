"""The shape of what staff type about tickets."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from cscore.common.errors import Refusal
from tickets.actions import check_belongings
from tickets.models import Ticket
from tickets.queries import who_can_have


class OpenForm(forms.ModelForm[Ticket]):
    """A ticket that staff open by hand. An order alone is enough: it names its customer."""

    class Meta:
        model = Ticket
        fields = ("shop", "kind", "reason", "customer", "order")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("shop"):
            order = told.get("order")
            customer = told.get("customer") or (order.customer if order else None)
            try:
                check_belongings(shop=told["shop"], customer=customer, order=order, item=None)
            except Refusal as refusal:
                raise ValidationError(str(refusal), code=refusal.code) from refusal
        return told


class WorkForm(forms.Form):
    """A note for colleagues, with the move that it goes with (`to`, the button pressed) or alone."""

    to = forms.CharField(required=False, max_length=20)
    note = forms.CharField(
        label=_("note"),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3, "placeholder": _("For colleagues only")}),
    )


class AssignForm(forms.Form):
    """Whoever works on the tickets of this ticket's shop, or nobody."""

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ModelChoiceField(
            who_can_have(ticket),
            label=_("assigned to"),
            required=False,
            initial=ticket.assigned_to_id,
            empty_label=_("nobody"),
            widget=UnfoldAdminSelectWidget,
        )
