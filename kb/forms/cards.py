"""The cards below an answer, as an editor fills them in."""

from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from kb.answers import Card, CouponCard, ImageCard, LinkCard, ProductCard
from kb.answers.cards import card_as_json
from kb.answers.checks import LONGEST_ADDRESS, LONGEST_WORDS
from kb.forms.moments import DateInput

KINDS: Final = (
    ("product", _("Product")),
    ("link", _("Link")),
    ("coupon", _("Coupon")),
    ("image", _("Picture")),
)


class CardForm(forms.Form):
    """Only the fields of the chosen kind are shown and used."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=UnfoldAdminSelectWidget)
    sku = forms.CharField(
        label=_("SKU"), required=False, max_length=LONGEST_WORDS, widget=UnfoldAdminTextInputWidget
    )
    code = forms.CharField(
        label=_("Code"), required=False, max_length=LONGEST_WORDS, widget=UnfoldAdminTextInputWidget
    )
    url = forms.CharField(
        label=_("Address"), required=False, max_length=LONGEST_ADDRESS, widget=UnfoldAdminTextInputWidget
    )
    words = forms.CharField(
        label=_("Words"), required=False, max_length=LONGEST_WORDS, widget=UnfoldAdminTextInputWidget
    )
    ends = forms.DateField(label=capfirst(_("last day")), required=False, widget=DateInput)

    def worth(self) -> Card:
        filled: dict[str, Any] = self.cleaned_data
        match filled["kind"]:
            case "product":
                return ProductCard(filled["sku"])
            case "link":
                return LinkCard(filled["url"], filled["words"])
            case "coupon":
                return CouponCard(filled["code"], filled["words"], filled["ends"])
            case _:
                return ImageCard(filled["url"], filled["words"])


class BaseCardFormSet(forms.BaseFormSet[CardForm]):
    @property
    def empty_form(self) -> CardForm:
        """The form that scripts copy; its number is not that of the list around it."""
        return CardForm(prefix=self.add_prefix("__card__"), use_required_attribute=False)


CardFormSet = forms.formset_factory(CardForm, formset=BaseCardFormSet, extra=0, can_delete=True)


def card_initial(card: Card) -> dict[str, Any]:
    """What a card's form begins with."""
    return card_as_json(card)
