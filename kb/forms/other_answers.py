"""The other answers of an article, as an editor fills them in."""

import re
from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from cscore.commerce.models import Channel, Tier
from kb.answers import Circumstances, OtherAnswer, Rich
from kb.forms.cards import CardFormSet, card_initial
from kb.forms.formset_field import FormSetField
from kb.forms.moments import MomentInput
from kb.forms.rich_text import RichField, Written
from kb.rules import LONGEST_ANSWER

_PARTING: Final = re.compile(r"[,，、;；\n]+")


class OtherAnswerForm(forms.Form):
    """Said instead of the base answer while all of its circumstances hold."""

    tiers = forms.MultipleChoiceField(
        label=_("Customer tiers"),
        choices=Tier.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    channels = forms.MultipleChoiceField(
        label=_("Channels"),
        choices=Channel.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    products = forms.CharField(
        label=_("Products"),
        required=False,
        max_length=5000,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("SKUs, parted by commas."),
    )
    categories = forms.CharField(
        label=_("Product categories"),
        required=False,
        max_length=5000,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("As the products name them, parted by commas."),
    )
    begins = forms.DateTimeField(label=capfirst(_("from")), required=False, widget=MomentInput)
    ends = forms.DateTimeField(
        label=capfirst(_("until")),
        required=False,
        widget=MomentInput,
        help_text=_("From then on it is not said."),
    )
    text = RichField(label=capfirst(_("answer")), most=LONGEST_ANSWER, rows=4)
    cards = FormSetField(CardFormSet, "kb/cards.html", label=_("Cards below it"))

    @property
    def notes(self) -> tuple[str, ...]:
        """What an editor should know about the answer as it is saved."""
        return tuple(self.initial.get("notes", ()))

    def worth(self) -> OtherAnswer:
        filled: dict[str, Any] = self.cleaned_data
        when = Circumstances(
            products=_listed(filled["products"]),
            categories=_listed(filled["categories"]),
            tiers=tuple(filled["tiers"]),
            channels=tuple(filled["channels"]),
            begins=filled["begins"],
            ends=filled["ends"],
        )
        written: Written = filled["text"]
        return OtherAnswer(written.text, when, Rich(written.html or "", filled["cards"] or ()))


OtherAnswerFormSet = forms.formset_factory(OtherAnswerForm, extra=0, can_delete=True)


def other_initial(other: OtherAnswer, notes: tuple[str, ...]) -> dict[str, Any]:
    """What the form of an answer begins with."""
    when = other.when
    return {
        "tiers": when.tiers,
        "channels": when.channels,
        "products": ", ".join(when.products),
        "categories": ", ".join(when.categories),
        "begins": when.begins,
        "ends": when.ends,
        "text": Written(other.text, other.rich.html),
        "cards": list(map(card_initial, other.rich.cards)),
        "notes": notes,
    }


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in _PARTING.split(text) if one.strip())
