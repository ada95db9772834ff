"""The help centre of a shop: pages for everybody, in the shop's language or the one the reader chose."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final

from csp.constants import SELF
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from redis.exceptions import RedisError

from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.doors import EVERYONE, opens_for
from cscore.common.errors import NotFound, Refusal
from kb import actions, help_centre
from kb.models import Article, Category
from kb.search import LONGEST_TEXT, search

VOTER: Final = "help_reader"
VOTER_AGE_S: Final = 365 * 24 * 3600
MOST_A_MINUTE: Final = 60
_FOUND, _PER_PAGE = 20, 50
# A memory of its own, large enough that many addresses do not push each other's counts out.
_OWN_COUNT: Final = LocMemCache("help-centre", {"OPTIONS": {"MAX_ENTRIES": 20_000}})
_LANGUAGES: Final = frozenset(code for code, _name in settings.LANGUAGES)

log = logging.getLogger(__name__)
ShopView = Callable[..., HttpResponse]


class TooManyQuestions(Refusal):
    code = "kb.too-many-questions"
    status = 429
    sentence = _("That was a lot at once. Wait a minute, then try again.")


def of_shop(view: ShopView) -> ShopView:
    """The view with the shop of the address, in the reader's language, for this reader alone to keep."""

    @wraps(view)
    def shown(request: HttpRequest, shop_key: str, **values: Any) -> HttpResponse:
        shop = help_centre.shop_of(shop_key)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in _LANGUAGES else shop.language
        with translation.override(language):
            response = view(request, shop, **values)
        response["Content-Language"] = language
        response.setdefault("Cache-Control", "private, no-cache")
        return response

    return shown


@opens_for(EVERYONE)
@require_safe
@of_shop
def home(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What there is to read."""
    today = timezone.localdate(clock.now())
    context = {
        "shelves": help_centre.shelves(shop),
        "read_most": help_centre.read_most(shop, today),
        "canonical": _address("help:home", shop),
    }
    return _page(request, shop, "help/home.html", **context)


@opens_for(EVERYONE)
@require_safe
@of_shop
def category(request: HttpRequest, shop: Shop, category_id: int) -> HttpResponse:
    """The articles of one category."""
    shelf = Category.objects.filter(shop=shop, pk=category_id).first()
    rows = help_centre.articles_of(shop, category_id)
    if shelf is None or not rows.exists():
        raise NotFound
    context = {
        "category": shelf,
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "canonical": _address("help:category", shop, category_id=category_id),
    }
    return _page(request, shop, "help/category.html", **context)


@opens_for(EVERYONE)
@require_safe
@of_shop
def find(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What fits the words of ?q=; at most so many searches a minute from one address."""
    text = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    if not text:
        return redirect("help:home", shop.key)
    _count(request, "search")
    results = search(shop.pk, text, _FOUND)
    context: dict[str, Any] = {"text": text, "results": results, "noindex": True}
    if not results.hits:
        context["read_most"] = help_centre.read_most(shop, timezone.localdate(clock.now()))
    return _page(request, shop, "help/search.html", **context)


@opens_for(EVERYONE)
@require_safe
@of_shop
def article(request: HttpRequest, shop: Shop, key: str) -> HttpResponse:
    """One answer, and whether it helped."""
    now = clock.now()
    shown = help_centre.help_page(shop, key, _voter(request, shop), now)
    if _is_reader(request):
        _count_reader(shown.article, now)
    canonical = _address("help:article", shop, key=key)
    response = _page(request, shop, "help/article.html", shown=shown, canonical=canonical)
    # Pictures in answers may stand on the shop's own servers.
    response._csp_update = {"img-src": [SELF, "https:"]}  # type: ignore[attr-defined]
    return response


@opens_for(EVERYONE)
@require_POST
@of_shop
def vote(request: HttpRequest, shop: Shop, key: str) -> HttpResponse:
    """Helpful or not: the reader's last word counts. He is known by a random cookie, of which a hash is kept."""
    _count(request, "vote")
    number, verdict = request.POST.get("version", ""), request.POST.get("helpful", "")
    if not (number.isdecimal() and len(number) < 9) or verdict not in {"yes", "no"}:
        raise NotFound
    token = request.COOKIES.get(VOTER) or secrets.token_urlsafe(24)
    shown = help_centre.help_page(shop, key, "", clock.now())
    actions.vote(
        article=shown.article,
        number=int(number),
        voter=_hash(shop, token),
        helpful=verdict == "yes",
        at=clock.now(),
    )
    response = redirect(f"{_address('help:article', shop, key=key)}#vote")
    response.set_cookie(
        VOTER, token, max_age=VOTER_AGE_S, path="/help/", secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


def _page(request: HttpRequest, shop: Shop, template: str, **context: Any) -> HttpResponse:
    if "canonical" in context:
        context["canonical"] = request.build_absolute_uri(context["canonical"])
    return render(request, template, {"shop": shop, "longest": LONGEST_TEXT} | context)


def _address(name: str, shop: Shop, **values: Any) -> str:
    return reverse(name, kwargs={"shop_key": shop.key} | values)


def _is_reader(request: HttpRequest) -> bool:
    """Staff, and browsers that only fetch ahead, read nothing."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return request.method == "GET" and not ahead and not request.user.is_authenticated


def _count_reader(article: Article, at: datetime) -> None:
    try:
        actions.count_reader(article=article, at=at)
    except DatabaseError:
        # A busy database costs one in the figures, not the page.
        log.exception("A reader of %s was not counted.", article.key)


def _voter(request: HttpRequest, shop: Shop) -> str:
    token = request.COOKIES.get(VOTER, "")
    return _hash(shop, token) if token else ""


def _hash(shop: Shop, token: str) -> str:
    return hashlib.sha256(f"{shop.pk}:{token}".encode()).hexdigest()


def _count(request: HttpRequest, what: str) -> None:
    """Raises TooManyQuestions for an address that asks too often in one minute of the clock."""
    name = f"help:{what}:{request.META.get('REMOTE_ADDR', '')}:{int(clock.now().timestamp()) // 60}"
    if _asked(name) > MOST_A_MINUTE:
        raise TooManyQuestions


def _asked(name: str) -> int:
    """How often, this time included: counted by all processes together, or by this one alone while Redis is away."""
    if settings.REDIS_URL:
        try:
            return _one_more(cache, name)
        except RedisError as lost:
            log.warning("Readers of the help centre are counted by this process alone: %s", lost)
    return _one_more(_OWN_COUNT, name)


def _one_more(counts: BaseCache, name: str) -> int:
    counts.add(name, 0, 120)
    try:
        return int(counts.incr(name))
    except ValueError:
        return 1  # pushed out of a full cache between two lines
