"""The page where editors find, write and publish articles."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.forms import ModelForm, Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from cscore.accounts.permissions import Permission
from cscore.commerce.tenant_admin import TenantAdmin
from cscore.common import clock
from cscore.common.errors import Refusal
from kb import actions
from kb.access import person_of
from kb.admin.bulk import publish_chosen, withdraw_chosen
from kb.admin.declines import DeclineNotice
from kb.admin.exchange import ExchangeAdmin
from kb.admin.filters import StateFilter
from kb.admin.lookalikes import warn_of_lookalikes
from kb.findings import Excerpt
from kb.forms import ArticleForm
from kb.models import Article, ArticleState


@admin.register(Article)
class ArticleAdmin(DeclineNotice, ExchangeAdmin, TenantAdmin):
    view_permission = Permission.KB_VIEW
    change_permission = Permission.KB_EDIT
    form = ArticleForm
    list_display = ("question", "category", "state", "phrasing_count", "saved", "shop")
    list_select_related = ("shop", "category", "latest_version__created_by", "live_version")
    list_filter: ClassVar[Any] = (
        StateFilter,
        ("category", admin.RelatedOnlyFieldListFilter),
        ("shop", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("latest_version__question", "phrasings_text", "key")
    search_help_text = gettext_lazy("Question, phrasings or key")
    ordering = ("-updated_at", "pk")
    actions = (publish_chosen, withdraw_chosen)
    list_before_template = "kb/article_list_top.html"
    change_form_outer_before_template = "kb/article_form_top.html"

    class Media:
        css: ClassVar[Any] = {"all": ["kb/kb.css"]}
        js: ClassVar[Any] = [Script("kb/cs-count.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related(*self.list_select_related)
        searched: QuerySet[Any] = rows.annotate(phrasings_text=Cast("latest_version__phrasings", TextField()))
        return searched

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        columns = super().get_list_display(request)
        return [*columns, "one_click"] if self.has_publish_permission(request) else columns

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self._grants(request, Permission.KB_PUBLISH)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        written_on = ("written_on",) if self.has_change_permission(request, obj) else ()
        return ("shop", "category", "question", "phrasings", "answer", "key", *written_on)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("shop", "key") if obj else ()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        article = self.get_object(request, object_id) if object_id else None
        context = {
            "may_publish": self.has_publish_permission(request),
            "findings": Excerpt.all_of(article.latest_version) if article else (),
        }
        return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm[Article], change: bool) -> None:
        drafts = [form.cleaned_data["draft"]]
        [version] = actions.save_drafts(shop=obj.shop, drafts=drafts, by=person_of(request), at=clock.now())
        obj.pk, obj.latest_version = version.article_id, version
        obj._state.adding = False

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        return self._after_saving(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._after_saving(request, obj)

    def _after_saving(self, request: HttpRequest, article: Article) -> HttpResponse:
        version = article.latest_version
        if version is not None and "_publish" in request.POST and self.has_publish_permission(request):
            try:
                release = actions.publish(versions=[version], by=person_of(request), at=clock.now())
                messages.success(request, _("Live as release %(release)s.") % {"release": release})
                warn_of_lookalikes(request, article.shop_id, release)
            except Refusal as refusal:
                messages.error(request, str(refusal))
        elif version is not None:
            sentence = _("Saved as version %(number)s; customers do not see it before it is published.")
            messages.success(request, sentence % {"number": version.number})
        return redirect(reverse("admin:kb_article_change", args=[article.pk]))

    @admin.display(description=gettext_lazy("standard question"), ordering="latest_version__question")
    def question(self, article: Article) -> str:
        return str(article)

    @admin.display(description=gettext_lazy("other phrasings"))
    def phrasings(self, article: Article) -> str:
        return "\n".join(article.latest_version.phrasings) if article.latest_version else ""

    @admin.display(description=gettext_lazy("answer"))
    def answer(self, article: Article) -> str:
        return article.latest_version.answer if article.latest_version else ""

    @admin.display(description=gettext_lazy("phrasings"))
    def phrasing_count(self, article: Article) -> int:
        return len(article.latest_version.phrasings) if article.latest_version else 0

    @display(  # type: ignore[untyped-decorator]
        description=gettext_lazy("state"),
        label={ArticleState.LIVE: "success", ArticleState.CHANGED: "warning", ArticleState.DRAFT: "info"},
    )
    def state(self, article: Article) -> tuple[str, str]:
        return article.state, str(article.state.label)

    @display(description=gettext_lazy("saved"), ordering="updated_at", header=True)  # type: ignore[untyped-decorator]
    def saved(self, article: Article) -> list[str]:
        by = article.latest_version.created_by if article.latest_version else None
        return [f"{timezone.localtime(article.updated_at):%Y-%m-%d %H:%M}", str(by or "")]

    @admin.display(description="")
    def one_click(self, article: Article) -> str:
        attrs = {
            verb: {"formaction": reverse(f"kb:{verb}", args=[article.pk])} for verb in ("publish", "withdraw")
        }
        return render_to_string("kb/one_click_button.html", {"article": article} | attrs)
