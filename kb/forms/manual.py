"""A product manual, uploaded and then chosen from."""

from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb.manuals import Section, read_manual

_TICK: Final = "tick-"
_QUESTION: Final = "question-"


class ManualForm(forms.Form):
    """Which manual of which shop; `cleaned_data["sections"]` is what was found in it."""

    shop = forms.ModelChoiceField(
        Shop.objects.none(), label=capfirst(_("shop")), widget=UnfoldAdminSelectWidget, empty_label=None
    )
    file = forms.FileField(
        label=_("Manual"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=_(
            "Markdown, HTML or docx. Each heading becomes a question and the text below it its answer; so does a line "
            "that begins with Q: and its answer after A:, or the same in Chinese."
        ),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shops = Shop.objects.for_shops_of(person).order_by("pk")
        self.fields["shop"].queryset = shops  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.data_read = file.read()
        try:
            self.sections: list[Section] = read_manual(self.data_read, file.name)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file


class ChoiceForm(forms.Form):
    """Which sections are kept, and what each asks."""

    shop = forms.ModelChoiceField(Shop.objects.none(), widget=forms.HiddenInput)
    waiting = forms.CharField(widget=forms.HiddenInput, max_length=200)
    name = forms.CharField(widget=forms.HiddenInput, max_length=255)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shop"].queryset = Shop.objects.for_shops_of(person)  # type: ignore[attr-defined]

    def ticked(self) -> frozenset[int]:
        """The places of the sections that the editor wants."""
        return frozenset(self._numbered(_TICK))

    def questions(self) -> dict[int, str]:
        """What the editor had each section ask."""
        return self._numbered(_QUESTION)

    def _numbered(self, prefix: str) -> dict[int, str]:
        return {
            int(name.removeprefix(prefix)): str(value)
            for name, value in self.data.items()
            if name.startswith(prefix) and name.removeprefix(prefix).isdecimal()
        }
