"""Whom an editor imagines when he asks what would be said."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from cscore.commerce.models import Channel, Product, Shop, Tier
from kb.answers import Situation
from kb.forms.moments import MomentInput


class PreviewForm(forms.Form):
    """A customer of one shop, where he asks and when; `situation` is worth it once the form is valid."""

    channel = forms.ChoiceField(
        label=capfirst(_("channel")), choices=Channel.choices, required=False, widget=UnfoldAdminSelectWidget
    )
    tier = forms.ChoiceField(
        label=capfirst(_("tier")),
        choices=[("", _("not signed in")), *Tier.choices],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    product = forms.CharField(
        label=_("On the page of (SKU)"), required=False, max_length=120, widget=UnfoldAdminTextInputWidget
    )
    moment = forms.DateTimeField(label=_("At (empty for now)"), required=False, widget=MomentInput)

    prefix = "preview"

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop

    def situation(self, now: datetime) -> Situation:
        """Who asks: a product that the shop does not have is no product, as in the chat."""
        asked = self.cleaned_data
        product = Product.objects.filter(shop=self.shop, sku=asked["product"]).first()
        return Situation(
            at=asked["moment"] or now,
            channel=asked["channel"],
            tier=asked["tier"],
            product=product.sku if product else "",
            category=product.category if product else "",
        )
