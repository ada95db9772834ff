"""Questions to ask the knowledge base, as a file or as typed lines."""

from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb.questions import LONGEST, MOST_QUESTIONS, NoQuestions, QuestionSheet, read_file, read_lines

# A question, its parting and its key on every line.
_MOST_TYPED: Final = MOST_QUESTIONS * (LONGEST + 100)


class ExaminationForm(forms.Form):
    """Either a file or typed lines; `cleaned_data["sheet"]` is what stands in them."""

    shop = forms.ModelChoiceField(
        Shop.objects.none(), label=capfirst(_("shop")), widget=UnfoldAdminSelectWidget, empty_label=None
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=UnfoldAdminFileFieldWidget,
        help_text=_(
            "xlsx, csv or jsonl with the columns question and expected key; leave the key empty where no article "
            "answers."
        ),
    )
    lines = forms.CharField(
        label=_("Or type the questions"),
        required=False,
        max_length=_MOST_TYPED,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text=_(
            "One per line: question | key or standard question of the article. Lines copied from a spreadsheet work "
            "too."
        ),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shops = Shop.objects.for_shops_of(person).order_by("pk")
        self.fields["shop"].queryset = shops  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        name = "file" if cleaned["file"] else "lines"
        if cleaned["file"] and cleaned["lines"].strip():
            self.add_error("file", _("Choose a file or type lines, not both."))
            return cleaned
        try:
            cleaned["sheet"] = self._sheet(cleaned)
        except NoQuestions as refusal:
            self.add_error(None if name == "lines" else name, str(refusal))
        except Refusal as refusal:
            self.add_error(name, str(refusal))
        return cleaned

    def _sheet(self, cleaned: dict[str, Any]) -> QuestionSheet:
        file = cleaned["file"]
        return read_file(file.read(), file.name) if file else read_lines(cleaned["lines"])
