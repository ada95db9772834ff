"""The pages around the articles: categories, and the releases in which articles went live."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.forms import Script
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display

from cscore.accounts.permissions import Permission
from cscore.commerce.tenant_admin import AuditedForms, TenantAdmin
from kb.admin.declines import DeclineNotice
from kb.admin.standing import StandingNotice
from kb.models import Category, Release, ReleaseVerb


@admin.register(Category)
class CategoryAdmin(AuditedForms):
    view_permission = Permission.KB_VIEW
    change_permission = Permission.KB_EDIT
    may_delete = True
    list_display = ("name", "shop", "article_count")
    list_select_related = ("shop",)
    search_fields = ("name",)
    ordering = ("shop", "name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(article_count=Count("articles"))
        return rows

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, category: Any) -> int:
        return int(category.article_count)


@admin.register(Release)
class ReleaseAdmin(StandingNotice, DeclineNotice, TenantAdmin):
    """What customers were told from when on, by whose decision. Nothing here can be changed."""

    view_permission = Permission.KB_VIEW
    list_before_template = "kb/release_list_top.html"
    always_standing = True
    list_display = ("release", "what", "first_article", "at", "by", "shop", "look")
    list_display_links = None
    list_select_related = ("shop", "article__latest_version", "version", "by")
    list_filter: ClassVar[Any] = ("verb", ("shop", admin.RelatedOnlyFieldListFilter))
    search_fields = ("article__latest_version__question", "article__key", "=number")
    ordering = ("-at", "-pk")

    class Media:
        css: ClassVar[Any] = {"all": ["kb/kb.css"]}
        js: ClassVar[Any] = [Script("kb/cs-standing.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """One row for a release: the first of those it has, with how many there are."""
        rows = super().get_queryset(request)
        same = Release.objects.filter(shop=OuterRef("shop"), number=OuterRef("number"))
        counted = same.order_by().values("number").annotate(count=Count("pk")).values("count")
        alone: QuerySet[Any] = rows.filter(~Exists(same.filter(pk__lt=OuterRef("pk"))))
        found: QuerySet[Any] = alone.annotate(article_count=Subquery(counted))
        return found

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """A release is found by any of its articles."""
        if not search_term.strip():
            return queryset, False
        every: QuerySet[Any] = super().get_queryset(request)
        found, _twice = super().get_search_results(request, every, search_term)
        same = found.order_by().filter(shop=OuterRef("shop"), number=OuterRef("number"))
        return queryset.filter(Exists(same)), False

    @admin.display(description=_("release"), ordering="number")
    def release(self, release: Release) -> str:
        return format_html('<a href="{}">r{}</a>', self._address(release), release.number)

    @admin.display(description="")
    def look(self, release: Release) -> str:
        return format_html(
            '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>',
            self._address(release),
            _("What changed, undo"),
        )

    def _address(self, release: Release) -> str:
        return reverse("kb:release", args=[release.shop.key, release.number])

    @display(  # type: ignore[untyped-decorator]
        description=_("what"),
        label={ReleaseVerb.PUBLISH: "success", ReleaseVerb.WITHDRAW: "warning", ReleaseVerb.UNDO: "info"},
    )
    def what(self, release: Release) -> tuple[str, str]:
        return release.verb, release.get_verb_display()

    @admin.display(description=_("articles"))
    def first_article(self, release: Any) -> str:
        if release.article_count == 1:
            return str(release.article)
        more = ngettext("%(article)s and 1 more", "%(article)s and %(more)s more", release.article_count - 1)
        return more % {"article": release.article, "more": release.article_count - 1}
