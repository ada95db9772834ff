"""The questions that must stay answered, and how they fare now."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from cscore.accounts.permissions import Permission
from cscore.commerce.tenant_admin import TenantAdmin
from cscore.common import clock
from kb import actions, golden, live
from kb.access import person_of
from kb.models import GoldenQuestion

_FARES = {2: "answered", 1: "offered", 0: "lost"}
_NAMES = {
    "answered": gettext_lazy("Answered rightly"),
    "offered": gettext_lazy("Offered to choose from"),
    "lost": gettext_lazy("Not answered"),
}


class GoldenForm(forms.ModelForm[GoldenQuestion]):
    """A question and its article; the shop is the article's."""

    class Meta:
        model = GoldenQuestion
        fields = ("question", "article")

    def clean_question(self) -> str:
        return " ".join(self.cleaned_data["question"].split())


@admin.register(GoldenQuestion)
class GoldenQuestionAdmin(TenantAdmin):
    view_permission = Permission.KB_VIEW
    change_permission = Permission.KB_EDIT
    form = GoldenForm
    may_delete = True
    list_display = ("question", "answered_by", "fares", "added_at", "added_by", "shop")
    list_select_related = ("shop", "article__latest_version", "added_by")
    list_filter: ClassVar[Any] = (("shop", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("question", "article__key", "article__latest_version__question")
    ordering = ("-added_at", "-pk")
    list_per_page = 50
    list_before_template = "kb/golden_list_top.html"
    autocomplete_fields = ("article",)

    class Media:
        css: ClassVar[Any] = {"all": ["kb/kb.css"]}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("question", "article")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A golden question is kept or dropped, not rewritten: its line in the audit trail stays true."""
        return obj is None and super().has_change_permission(request, obj)

    def save_model(
        self, request: HttpRequest, obj: GoldenQuestion, form: ModelForm[GoldenQuestion], change: bool
    ) -> None:
        kept = actions.keep_golden(
            article=form.cleaned_data["article"],
            question=form.cleaned_data["question"],
            by=person_of(request),
            at=clock.now(),
        )
        obj.pk, obj.shop = kept.pk, kept.shop
        obj._state.adding = False

    def delete_model(self, request: HttpRequest, obj: GoldenQuestion) -> None:
        actions.drop_golden(golden_question=obj, by=person_of(request), at=clock.now())

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for one in queryset.select_related("shop", "article"):
            self.delete_model(request, one)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With how each question on the page fares now; the knowledge is looked up once a shop."""
        listed = super().get_changelist_instance(request)
        knowledge = {shop: live.knowledge(shop) for shop in {row.shop_id for row in listed.result_list}}
        for row in listed.result_list:
            row.fares_now = _FARES[
                golden.asked(knowledge[row.shop_id], row.question).is_right(row.article.key)
            ]
        return listed

    @admin.display(description=gettext_lazy("must be answered by"))
    def answered_by(self, row: GoldenQuestion) -> str:
        return str(row.article)

    @display(  # type: ignore[untyped-decorator]
        description=gettext_lazy("now"),
        label={"answered": "success", "offered": "warning", "lost": "danger"},
    )
    def fares(self, row: Any) -> tuple[str, str]:
        return row.fares_now, str(_NAMES[row.fares_now])
