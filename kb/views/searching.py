"""Staff search in all articles of a shop, drafts included, and what stands in its help centre."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound, Refusal
from kb import access, actions, help_centre
from kb.help_centre import HelpFigures
from kb.models import Article
from kb.search import LONGEST_TEXT, Audience, Hit, Results, search

SHOWN = 30


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """A hit, with what readers of the help centre did with it in the last 30 days."""

    hit: Hit
    figures: HelpFigures


@opens_for(Permission.KB_VIEW)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What fits ?q= in the shop ?shop=, the first of the person's when none is named."""
    person = access.person_of(request)
    shops = access.shops_of(person)
    asked = request.GET.get("shop", "")
    shop = next((one for one in shops if one.key == asked or not asked), None)
    if shop is None and asked:
        raise NotFound
    text = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    results = search(shop.pk, text, SHOWN, audience=Audience.STAFF) if shop else Results()
    figures = help_centre.figures_of([hit.article.pk for hit in results.hits], clock.now())
    context = admin.site.each_context(request) | {
        "title": _("Search articles"),
        "shop": shop,
        "shops": shops,
        "text": text,
        "longest": LONGEST_TEXT,
        "results": results,
        "found": [FoundArticle(hit, figures[hit.article.pk]) for hit in results.hits],
        "today": timezone.localdate(clock.now()),
        "articles": Article.objects.filter(shop=shop).count() if shop and not text else 0,
        "may_read_reports": person.may(Permission.REPORTS_VIEW),
    }
    return render(request, "kb/search.html", context)


@opens_for(Permission.KB_VIEW)
@require_safe
def help_centre_of_shop(request: HttpRequest) -> HttpResponse:
    """The help centre that customers read: of the person's first shop; the search leads to those of the others."""
    shops = access.shops_of(access.person_of(request))
    return redirect("help:home", shops[0].key) if shops else redirect("kb:search")


@opens_for(Permission.KB_PUBLISH)
@require_POST
def help_show(request: HttpRequest, article_id: int) -> HttpResponse:
    """Puts an article into the help centre, or takes it out; the bot answers from it all the same."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)
    shown = request.POST.get("shown") == "yes"
    try:
        actions.show_in_help_centre(articles=[article], shown=shown, by=person, at=clock.now())
        said = _("Readers of the help centre find it now.") if shown else _("It left the help centre.")
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:kb_article_change", article_id)
