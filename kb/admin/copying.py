"""Taking articles over into another of one's shops."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin

from cscore.common import clock
from cscore.common.errors import Refusal
from kb import actions
from kb.access import person_of
from kb.admin.bulk import confirm_first
from kb.forms.copying import CopyForm
from kb.models import ArticleQuerySet


@admin.action(description=gettext_lazy("Copy the chosen articles to another shop"), permissions=["change"])
def copy_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse | None:
    person = person_of(request)
    form = CopyForm(request.POST if "confirmed" in request.POST else None, person=person)
    if not form.is_valid():
        question = _(
            "Their latest texts become drafts of the other shop; an article with the same key is changed:"
        )
        return confirm_first(page, request, chosen, question, _("Copy"), form)
    shop, articles = (
        form.cleaned_data["shop"],
        list(chosen.select_related("shop", "latest_version", "category")),
    )
    try:
        versions = actions.copy_to_shop(articles=articles, shop=shop, by=person, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return None
    count = len(versions)
    said = ngettext("%(count)s draft is in %(shop)s.", "%(count)s drafts are in %(shop)s.", count)
    messages.success(request, said % {"count": count, "shop": shop})
    return None
