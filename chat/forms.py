"""What comes in from pages of the chat."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.learning.told import Window

MESSAGE: Final = "message"
TICKET: Final = "ticket"
_LOCAL: Final = "%Y-%m-%dT%H:%M"


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_LOCAL)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[_LOCAL])


class WindowForm(forms.Form):
    """From when until when customers were told something."""

    told_from = _moment(_("Told from"))
    told_until = _moment(_("until"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (first := found.get("told_from")) and (last := found.get("told_until")) and first >= last:
            raise forms.ValidationError(_("The end comes before the beginning."))
        return found

    @property
    def window(self) -> Window:
        """What a valid form says."""
        return Window(self.cleaned_data["told_from"], self.cleaned_data["told_until"])


class RecallForm(WindowForm):
    """What is right instead, and how people are told."""

    body = forms.CharField(label=_("What is right instead"), widget=forms.Textarea(attrs={"rows": 4}))
    how = forms.ChoiceField(
        label=_("How"),
        choices=[(MESSAGE, _("A message to each")), (TICKET, _("A ticket for each"))],
        initial=MESSAGE,
        widget=forms.RadioSelect,
    )
