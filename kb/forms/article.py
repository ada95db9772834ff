"""The shape of an article as an editor writes it."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from cscore.common.ids import uuid7
from kb.actions.drafts import clashes
from kb.models import Article, ArticleVersion
from kb.rules import FIELD_OF, LONGEST_ANSWER, LONGEST_QUESTION, MOST_PHRASINGS, Draft, refusals, tidied


class CountedTextarea(UnfoldAdminTextareaWidget):  # type: ignore[misc]
    """A textarea that says how much stands in it: characters, or lines that are not blank."""

    template_name = "kb/counted_textarea.html"

    def __init__(self, *, count: str, most: int, rows: int) -> None:
        super().__init__(attrs={"rows": rows})
        self.count, self.most = count, most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"count": self.count, "most": self.most}


class ArticleForm(forms.ModelForm[Article]):
    """Its text fields are those of the latest version; `cleaned_data["draft"]` is what will be saved."""

    question = forms.CharField(
        label=capfirst(_("standard question")), max_length=LONGEST_QUESTION, widget=UnfoldAdminTextInputWidget
    )
    phrasings = forms.CharField(
        label=capfirst(_("other phrasings")),
        required=False,
        widget=CountedTextarea(count="lines", most=MOST_PHRASINGS, rows=10),
        help_text=_("One per line: how customers really ask. Five or more make the bot much surer."),
    )
    answer = forms.CharField(
        label=capfirst(_("answer")),
        required=False,
        widget=CountedTextarea(count="characters", most=LONGEST_ANSWER, rows=8),
        help_text=_("Plain text, exactly as customers will read it."),
    )
    written_on = forms.ModelChoiceField(
        ArticleVersion.objects.none(), label=_("version"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Article
        fields = ("shop", "key", "category")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = self.instance.latest_version
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = _(
                "Stays the same in imports and exports. Left empty, it is made up."
            )
        if latest is None or "question" not in self.fields:
            return
        self.initial.update(
            question=latest.question,
            phrasings="\n".join(latest.phrasings),
            answer=latest.answer,
            written_on=latest,
        )
        self.fields["written_on"].queryset = ArticleVersion.objects.filter(article=self.instance)  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        return self.cleaned_data["key"].strip() or uuid7().hex[-12:]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        shop = cleaned.get("shop") or (self.instance.shop if self.instance.pk else None)
        if self.errors or shop is None:
            return cleaned
        category = cleaned.get("category")
        if category is not None and category.shop_id != shop.pk:
            self.add_error("category", _("This category belongs to another shop."))
        if self._is_stale(cleaned.get("written_on")):
            self.add_error(None, self._who_was_faster())
        cleaned["draft"] = draft = tidied(self._draft(cleaned))
        wrong = list(refusals(draft)) or [refusal for _place, refusal in clashes(shop, [draft])]
        for refusal in wrong:
            self.add_error(FIELD_OF.get(refusal.code), str(refusal))
        return cleaned

    def _draft(self, cleaned: dict[str, Any]) -> Draft:
        category = cleaned.get("category")
        return Draft(
            cleaned.get("key") or self.instance.key,
            cleaned["question"],
            tuple(cleaned["phrasings"].splitlines()),
            cleaned["answer"],
            category.name if category else "",
        )

    def _is_stale(self, written_on: ArticleVersion | None) -> bool:
        latest = self.instance.latest_version
        return latest is not None and latest != written_on

    def _who_was_faster(self) -> str:
        latest = self.instance.latest_version
        sentence = _(
            "%(person)s saved version %(number)s while you were writing. Copy your text, open the article anew and "
            "enter it again."
        )
        return sentence % {"person": latest.created_by or "?", "number": latest.number} if latest else ""
