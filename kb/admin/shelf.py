"""The pages around the articles: categories, and the releases in which articles went live."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from cscore.accounts.permissions import Permission
from cscore.commerce.tenant_admin import AuditedForms, TenantAdmin
from kb.admin.declines import DeclineNotice
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
class ReleaseAdmin(DeclineNotice, TenantAdmin):
    """What customers were told from when on, by whose decision. Nothing here can be changed."""

    view_permission = Permission.KB_VIEW
    list_before_template = "kb/declines.html"
    list_display = ("release", "what", "article_link", "version_number", "at", "by", "shop")
    list_display_links = None
    list_select_related = ("shop", "article__latest_version", "version", "by")
    list_filter: ClassVar[Any] = ("verb", ("shop", admin.RelatedOnlyFieldListFilter))
    search_fields = ("article__latest_version__question", "article__key", "=number")
    ordering = ("-at", "-pk")

    class Media:
        css: ClassVar[Any] = {"all": ["kb/kb.css"]}

    @admin.display(description=_("release"), ordering="number")
    def release(self, release: Release) -> str:
        return f"r{release.number}"

    @display(  # type: ignore[untyped-decorator]
        description=_("what"),
        label={ReleaseVerb.PUBLISH: "success", ReleaseVerb.WITHDRAW: "warning"},
    )
    def what(self, release: Release) -> tuple[str, str]:
        return release.verb, release.get_verb_display()

    @admin.display(description=_("article"), ordering="article__latest_version__question")
    def article_link(self, release: Release) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("kb:versions", args=[release.article_id]), release.article
        )

    @admin.display(description=_("version"))
    def version_number(self, release: Release) -> str:
        return f"v{release.version.number}" if release.version else "–"
