"""How many upset customers senior agents can take."""

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.forms.fields import number_input

MOST = 1_000


class UpsetForm(forms.Form):
    most = forms.IntegerField(
        label=_("upset customers an hour"),
        min_value=0,
        max_value=MOST,
        required=False,
        widget=number_input(step="1"),
        help_text=_("Left empty, the threshold is the one we measured. Overt threats always reach a person."),
    )
