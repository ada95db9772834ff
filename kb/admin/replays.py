"""From the list of articles and from an import to the page where drafts are replayed, a page of the floor above."""

from datetime import datetime

from django.contrib import admin, messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from cscore.commerce.models import Shop
from kb.access import person_of
from kb.models import ArticleQuerySet, ArticleVersion
from kb.waiting import let_wait


@admin.action(description=gettext_lazy("Replay the chosen drafts"), permissions=["change"])
def replay_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse:
    """The latest versions of the chosen articles wait on the page of replays."""
    let_wait(request, chosen.order_by("pk").values_list("latest_version_id", flat=True))
    return redirect("chat:replay_waiting")


def offer_replay(request: HttpRequest, shop: Shop, since: datetime) -> None:
    """Lets the drafts that this person has written since then wait for a replay, and says where."""
    written = ArticleVersion.objects.filter(
        article__shop=shop,
        article__latest_version=F("pk"),
        created_by=person_of(request),
        created_at__gte=since,
    )
    if ids := list(written.order_by("pk").values_list("pk", flat=True)):
        let_wait(request, ids)
        words = _(
            "Replay these drafts before you publish them: see what customers would be told differently."
        )
        messages.info(request, format_html('<a href="{}">{}</a>', reverse("chat:replay_waiting"), words))
