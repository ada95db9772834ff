"""The shape of an article as an editor writes it."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget, UnfoldBooleanWidget

from cscore.common import clock
from cscore.common.ids import uuid7
from kb.actions.drafts import clashes
from kb.answers import Card, Rich
from kb.answers.tidying import plain
from kb.forms.cards import CardFormSet, card_initial
from kb.forms.formset_field import FormSetField
from kb.forms.other_answers import OtherAnswerFormSet, other_initial
from kb.forms.rich_text import RichField, Written
from kb.models import Article, ArticleVersion
from kb.queries import draft_of
from kb.reach import notes_on
from kb.rules import (
    FIELD_OF,
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    MOST_KEYWORDS,
    MOST_NEGATIVES,
    MOST_PHRASINGS,
    Draft,
    refusals,
    tidied,
)


class CountedLines(UnfoldAdminTextareaWidget):  # type: ignore[misc]
    """A textarea that says how many lines stand in it; `told` is that sentence, with {n} and {most}."""

    template_name = "kb/counted_textarea.html"

    def __init__(self, *, most: int, rows: int, told: Promise) -> None:
        super().__init__(attrs={"rows": rows})
        self.most, self.told = most, told

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"most": self.most, "told": self.told}


class ArticleForm(forms.ModelForm[Article]):
    """Its text fields are those of the latest version; `cleaned_data["draft"]` is what will be saved."""

    question = forms.CharField(
        label=capfirst(_("standard question")), max_length=LONGEST_QUESTION, widget=UnfoldAdminTextInputWidget
    )
    phrasings = forms.CharField(
        label=capfirst(_("other phrasings")),
        required=False,
        widget=CountedLines(most=MOST_PHRASINGS, rows=10, told=_("{n} of {most} phrasings")),
        help_text=_("One per line: how customers really ask. Five or more make the bot much surer."),
    )
    answer = RichField(
        label=capfirst(_("answer")),
        most=LONGEST_ANSWER,
        rows=8,
        help_text=_("The base answer: it always stands, whatever else is said for a while or to some."),
    )
    cards = FormSetField(CardFormSet, "kb/cards.html", label=_("Cards below it"))
    others = FormSetField(
        OtherAnswerFormSet,
        "kb/other_answers.html",
        label=_("Other answers"),
        help_text=_(
            "Said instead while all their circumstances hold. The one that names more is said; a product counts "
            "most, then its category, the customer's tier, the channel, the dates."
        ),
    )
    negatives = forms.CharField(
        label=_("Wordings that ask something else"),
        required=False,
        widget=CountedLines(most=MOST_NEGATIVES, rows=4, told=_("{n} of {most} wordings")),
        help_text=_("One per line: questions that sound alike but are not answered by this."),
    )
    negative_keywords = forms.CharField(
        label=_("Negative keywords"),
        required=False,
        widget=CountedLines(most=MOST_KEYWORDS, rows=3, told=_("{n} of {most} keywords")),
        help_text=_("One per line: whoever says one of these words is never told this answer."),
    )
    tell_person = forms.BooleanField(
        label=_("Tell a person too"),
        required=False,
        widget=UnfoldBooleanWidget,
        help_text=_("The customer is answered at once, and the conversation also goes to a colleague."),
    )
    in_help_centre = forms.BooleanField(
        label=_("Show it in the help centre"),
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget,
        help_text=_(
            "Once it is live, everybody on the web reads it there. Without this only the bot and people say it."
        ),
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
        self.initial.update(_begun_with(self.instance, latest))
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
        written: Written = cleaned["answer"]
        return Draft(
            cleaned.get("key") or self.instance.key,
            cleaned["question"],
            tuple(cleaned["phrasings"].splitlines()),
            written.text,
            category.name if category else "",
            self._rich(written, cleaned["cards"]),
            cleaned["others"],
            self._lines_of("negatives"),
            self._lines_of("negative_keywords"),
            cleaned["tell_person"] if "others-TOTAL_FORMS" in self.data else None,
        )

    def _rich(self, written: Written, cards: tuple[Card, ...] | None) -> Rich | None:
        """The form that was sent; what was not sent stays as it is, as long as its words do."""
        latest = self.instance.latest_version
        before = draft_of(latest) if latest else None
        kept = (before.rich if before else None) or Rich()
        html = written.html
        if html is None:
            html = kept.html if before and plain(written.text) == before.answer else ""
        return Rich(html, kept.cards if cards is None else cards)

    def _lines_of(self, name: str) -> tuple[str, ...] | None:
        """The lines of a field; None when it was not sent."""
        return tuple(self.cleaned_data[name].splitlines()) if name in self.data else None

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


def _begun_with(article: Article, latest: ArticleVersion) -> dict[str, Any]:
    """What the form shows before anything is changed."""
    draft = draft_of(latest)
    rich, others = draft.rich or Rich(), draft.others or ()
    notes = notes_on(article.shop_id, others, clock.now())
    return {
        "question": draft.question,
        "phrasings": "\n".join(draft.phrasings),
        "answer": Written(draft.answer, rich.html),
        "cards": list(map(card_initial, rich.cards)),
        "others": [other_initial(other, said) for other, said in zip(others, notes, strict=True)],
        "negatives": "\n".join(draft.negatives or ()),
        "negative_keywords": "\n".join(draft.negative_keywords or ()),
        "tell_person": draft.tell_person,
        "written_on": latest,
    }
