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
from kb.admin.answers import AnswersInWords
from kb.admin.beside import beside, beside_new, needs_approval
from kb.admin.bulk import publish_chosen, withdraw_chosen
from kb.admin.bulk_workflow import (
    approve_chosen,
    archive_chosen,
    ask_review_chosen,
    help_hide_chosen,
    help_show_chosen,
    look_again_chosen,
    unarchive_chosen,
)
from kb.admin.copying import copy_chosen
from kb.admin.declines import DeclineNotice
from kb.admin.exchange import ExchangeAdmin
from kb.admin.filters import RuleFilter, StateFilter, ToldFilter, WordingFilter
from kb.admin.lookalikes import warn_of_lookalikes
from kb.admin.replays import replay_chosen
from kb.admin.standing import StandingNotice
from kb.forms import ArticleForm
from kb.forms.preview import PreviewForm
from kb.models import Article
from kb.outlooks import warning_of


@admin.register(Article)
class ArticleAdmin(AnswersInWords, StandingNotice, DeclineNotice, ExchangeAdmin, TenantAdmin):
    view_permission = Permission.KB_VIEW
    change_permission = Permission.KB_EDIT
    form = ArticleForm
    list_display = ("question", "category", "state", "phrasing_count", "saved", "owner", "shop")
    list_select_related = (
        "shop__knowledge_base",
        "category",
        "latest_version__created_by",
        "latest_version__trial_training",
        "live_version",
        "planned_version",
        "planned_by",
        "archived_by",
        "owner",
        "published_by",
        "reviewed_by",
    )
    list_filter: ClassVar[Any] = (
        StateFilter,
        ("owner", admin.RelatedOnlyFieldListFilter),
        WordingFilter,
        ToldFilter,
        RuleFilter,
        ("category", admin.RelatedOnlyFieldListFilter),
        "in_help_centre",
        ("shop", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("latest_version__question", "phrasings_text", "key")
    search_help_text = gettext_lazy("Question, phrasings or key")
    ordering = ("-updated_at", "pk")
    actions = (
        replay_chosen,
        publish_chosen,
        withdraw_chosen,
        ask_review_chosen,
        approve_chosen,
        look_again_chosen,
        help_show_chosen,
        help_hide_chosen,
        archive_chosen,
        unarchive_chosen,
        copy_chosen,
    )
    list_before_template = "kb/article_list_top.html"
    change_form_outer_before_template = "kb/article_form_top.html"
    change_form_before_template = "kb/_alike.html"
    change_form_outer_after_template = "kb/article_form_bottom.html"

    class Media:
        css: ClassVar[Any] = {"all": ["kb/kb.css", "kb/alike.css", "kb/workflow.css", "kb/answers.css"]}
        js: ClassVar[Any] = [
            Script("kb/cs-alike.js", type="module"),
            Script("kb/cs-count.js", type="module"),
            Script("kb/cs-forms.js", type="module"),
            Script("kb/cs-outlook.js", type="module"),
            Script("kb/cs-rich.js", type="module"),
            Script("kb/cs-standing.js", type="module"),
            Script("kb/cs-told.js", type="module"),
            Script("kb/cs-wording.js", type="module"),
        ]

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
        answers = ("answer", "cards", "others", "negatives", "negative_keywords", "tell_person")
        # Later on, a button says whether it stands there: what is live changes with a word of its own in the audit.
        first = () if obj else ("in_help_centre",)
        return ("shop", "category", "question", "phrasings", *answers, *first, "key", *written_on)

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
        around: dict[str, Any] = (
            beside(article, person_of(request), clock.now())
            if article
            else beside_new(person_of(request)) | {"may_edit": self.has_add_permission(request)}
        )
        if article:
            around["preview"] = PreviewForm(shop=article.shop)
        context = {"may_publish": self.has_publish_permission(request)} | around
        return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm[Article], change: bool) -> None:
        drafts = [form.cleaned_data["draft"]]
        by, at = person_of(request), clock.now()
        [version] = actions.save_drafts(shop=obj.shop, drafts=drafts, by=by, at=at)
        if not change and not form.cleaned_data["in_help_centre"]:
            actions.show_in_help_centre(articles=[version.article], shown=False, by=by, at=at)
        obj.pk, obj.latest_version = version.article_id, version
        obj._state.adding = False

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        return self._after_saving(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._after_saving(request, obj)

    def _after_saving(self, request: HttpRequest, article: Article) -> HttpResponse:
        version = article.latest_version
        if version is not None and "_ask" in request.POST:
            self._ask_review(request, article)
        elif version is not None and "_publish" in request.POST and self.has_publish_permission(request):
            try:
                release = actions.publish(versions=[version], by=person_of(request), at=clock.now())
                messages.success(request, _("Live as release %(release)s.") % {"release": release})
                warn_of_lookalikes(request, article.shop_id, release)
            except Refusal as refusal:
                messages.error(request, str(refusal))
        elif version is not None:
            actions.ask_trial(version=version, at=clock.now())
            sentence = _("Saved as version %(number)s; customers do not see it before it is published.")
            messages.success(request, sentence % {"number": version.number})
        return redirect(reverse("admin:kb_article_change", args=[article.pk]))

    def _ask_review(self, request: HttpRequest, article: Article) -> None:
        try:
            actions.ask_review(article=article, by=person_of(request), at=clock.now())
            messages.success(
                request, _("The review is asked for: whoever may publish sees it on the first page.")
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))

    @admin.display(description=gettext_lazy("standard question"), ordering="latest_version__question")
    def question(self, article: Article) -> str:
        return str(article)

    @admin.display(description=gettext_lazy("other phrasings"))
    def phrasings(self, article: Article) -> str:
        return "\n".join(article.latest_version.phrasings) if article.latest_version else ""

    @admin.display(description=gettext_lazy("phrasings"))
    def phrasing_count(self, article: Article) -> int:
        return len(article.latest_version.phrasings) if article.latest_version else 0

    @admin.display(description=gettext_lazy("state"))
    def state(self, article: Article) -> str:
        today = timezone.localdate(clock.now())
        return render_to_string("kb/_state.html", {"article": article, "today": today})

    @display(description=gettext_lazy("saved"), ordering="updated_at", header=True)  # type: ignore[untyped-decorator]
    def saved(self, article: Article) -> list[str]:
        by = article.latest_version.created_by if article.latest_version else None
        return [f"{timezone.localtime(article.updated_at):%Y-%m-%d %H:%M}", str(by or "")]

    @admin.display(description="")
    def one_click(self, article: Article) -> str:
        doors = ("publish", "withdraw", "ask_review")
        attrs = {verb: {"formaction": reverse(f"kb:{verb}", args=[article.pk])} for verb in doors}
        context = {
            "article": article,
            "needs_approval": needs_approval(article),
            "warning": warning_of(article),
        }
        return render_to_string("kb/one_click_button.html", context | attrs)
