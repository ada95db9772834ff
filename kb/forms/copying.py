"""Where articles are copied to."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from cscore.accounts.models import User
from cscore.commerce.models import Shop


class CopyForm(forms.Form):
    """One of the person's own shops."""

    shop = forms.ModelChoiceField(
        Shop.objects.none(), label=capfirst(_("shop")), widget=UnfoldAdminSelectWidget
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shops = Shop.objects.for_shops_of(person).order_by("name", "pk")
        self.fields["shop"].queryset = shops  # type: ignore[attr-defined]
