"""The shares of right answers and right offers that a shop asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.forms.fields import PercentField


class PrecisionForm(forms.Form):
    answer = PercentField(
        label=_("answers that must be right"),
        help_text=_("From 50 to 99.9. The more you ask for, the fewer questions the bot answers."),
    )
    offer = PercentField(
        label=_("offers that must hold the right question"),
        help_text=_("From 50 up to the share above. Below that the bot hands over."),
    )

    def shares(self) -> dict[str, float]:
        """What was typed, from 0 to 1. 99.9 % divided by 100 is a hair more than 0.999: the hair is cut."""
        return {name: round(share, 6) for name, share in self.cleaned_data.items()}
