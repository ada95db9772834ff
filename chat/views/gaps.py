"""What customers ask and the knowledge does not answer: the list, and one click for each way to close a gap."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from chat.actions import gaps as verbs
from chat.learning.gap_list import TOP, listed, look_is_over, shown, totals
from chat.models import Gap
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import reach
from cscore.common import clock
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound, Refusal
from kb.access import person_of
from kb.models import Article

PERIODS: Final = (7, 30, 90)
_PER_PAGE: Final = 10


class NoSuchArticle(Refusal):
    code = "chat.no-such-article"
    status = 404
    sentence = gettext_lazy("There is no article with this key or standard question.")


@opens_for(Permission.KB_EDIT)
@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """The gaps of one shop in a period, the costliest first."""
    person = person_of(request)
    shops = list(Shop.objects.for_shops_of(person).order_by("pk"))
    if not shops:
        return _page(request, {"shop": None})
    shop = _chosen(shops, request.GET.get("shop", ""))
    days = next((days for days in PERIODS if str(days) == request.GET.get("days")), PERIODS[1])
    decided = request.GET.get("list") == "decided"
    rows = listed(shop, decided=decided, since=clock.now() - timedelta(days=days))
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    job = request.GET.get("look", "")
    top = list(rows[:TOP]) if not decided else []
    found = {
        "shop": shop,
        "shops": shops,
        "days": days,
        "periods": PERIODS,
        "decided": decided,
        "totals": totals(rows),
        "top": top if len(top) > 1 else [],
        "page": page,
        "rows": shown(shop, list(page.object_list)),
        "job": job if job and not look_is_over(shop, job) else "",
        "here": request.get_full_path(),
        "query": urlencode({"shop": shop.key, "days": str(days)}),
        "may_read": person.may(Permission.CHAT_SUPERVISE),
    }
    return _page(request, found)


@opens_for(Permission.KB_EDIT)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Looks for gaps in the background."""
    shop = reach(Shop.objects.all(), person_of(request), key=request.POST.get("shop", ""))
    job = verbs.ask_to_look(shop=shop)
    return redirect(f"{reverse('chat:gaps')}?{urlencode({'shop': shop.key, 'look': job})}")


@opens_for(Permission.KB_EDIT)
@require_safe
def look_state(request: HttpRequest, key: str, job: str) -> JsonResponse:
    """Whether looking is over, for the page that waits."""
    shop = reach(Shop.objects.all(), person_of(request), key=key)
    return JsonResponse({"state": "done" if look_is_over(shop, job) else "running", "done": 0, "total": 0})


@opens_for(Permission.KB_EDIT)
@require_POST
def draft(request: HttpRequest, gap_id: int) -> HttpResponse:
    """A draft of an article, on whose page the editor goes on."""
    gap = _gap(request, gap_id)
    try:
        version = verbs.draft_from_gap(gap=gap, by=person_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _back(request)
    messages.success(request, _("A draft was made of this gap. Look at its answer before you publish it."))
    return redirect("admin:kb_article_change", version.article_id)


@opens_for(Permission.KB_EDIT)
@require_POST
def phrasing(request: HttpRequest, gap_id: int) -> HttpResponse:
    """The gap's wordings as phrasings of the article that was chosen, or named."""
    gap = _gap(request, gap_id)

    def verb() -> str:
        article = _article(gap.shop, request.POST.get("article", ""), request.POST.get("named", "").strip())
        version = verbs.add_as_phrasings(gap=gap, article=article, by=person_of(request), at=clock.now())
        said = _("Added to the draft of “%(question)s”, version %(number)s: publish it to have it answered.")
        return format_html(
            '{} <a class="underline" href="{}">{}</a>',
            said % {"question": version.question, "number": version.number},
            reverse("admin:kb_article_change", args=[version.article_id]),
            _("Open the draft"),
        )

    return _do(request, verb)


@opens_for(Permission.KB_EDIT)
@require_POST
def dismiss(request: HttpRequest, gap_id: int) -> HttpResponse:
    """No article is wanted for this."""
    gap = _gap(request, gap_id)

    def verb() -> str:
        verbs.dismiss(gap=gap, by=person_of(request), at=clock.now())
        sentence = _("Dismissed. It comes back when customers ask it %(times)s times more.")
        return sentence % {"times": verbs.COMES_BACK_AFTER}

    return _do(request, verb)


@opens_for(Permission.KB_EDIT)
@require_POST
def reopen(request: HttpRequest, gap_id: int) -> HttpResponse:
    """To be decided anew."""
    gap = _gap(request, gap_id)

    def verb() -> str:
        verbs.reopen(gap=gap, by=person_of(request), at=clock.now())
        return _("The gap is open again.")

    return _do(request, verb)


def _gap(request: HttpRequest, gap_id: int) -> Gap:
    return reach(Gap.objects.select_related("shop"), person_of(request), pk=gap_id)


def _chosen(shops: list[Shop], key: str) -> Shop:
    """The shop of this key, or the first when none is given. Raises NotFound."""
    for shop in shops:
        if key in ("", shop.key):
            return shop
    raise NotFound


def _article(shop: Shop, number: str, name: str) -> Article:
    """The article that was typed in by key or question, else the one that was chosen. Raises NoSuchArticle."""
    rows = Article.objects.filter(shop=shop).select_related("latest_version__article")
    if name:
        found = rows.filter(key=name).first() or rows.filter(latest_version__question=name).first()
    else:
        found = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise NoSuchArticle
    return found


def _do(request: HttpRequest, verb: Callable[[], str]) -> HttpResponse:
    """Says what the verb did, or why not, on the list."""
    try:
        messages.success(request, verb())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("chat:gaps")
    return redirect(back)


def _page(request: HttpRequest, found: dict[str, Any]) -> HttpResponse:
    frame = admin.site.each_context(request) | {"title": _("Gaps in the knowledge")}
    return render(request, "chat/gaps.html", frame | found)
