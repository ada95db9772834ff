"""The customer's chat: a page for an iframe, and the script that puts it on a shop's pages."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt

from chat.views.policy import no_markup_from_scripts
from chat.views.words import WIDGET
from cscore.commerce.models import Shop
from cscore.common.doors import EVERYONE, opens_for
from cscore.common.errors import NotFound

LOCALES = frozenset(code for code, _ in settings.LANGUAGES)
EMBED_SCRIPT = "chat/widget/embed.js"


@opens_for(EVERYONE)
@xframe_options_exempt
def widget(request: HttpRequest, key: str) -> HttpResponse:
    """The chat of one shop, in ?locale= or the shop's language. Only the shop's own pages may embed it."""
    shop = Shop.objects.filter(key=key).first()
    if shop is None:
        raise NotFound
    asked = request.GET.get("locale", "")
    locale = asked if asked in LOCALES else shop.language
    own = f"{request.scheme}://{request.get_host()}"
    setting = {
        "shop": shop.key,
        "path": f"/ws/chat/{shop.key}/",
        "locale": locale,
        "origins": [own, *shop.widget_origins],
    }
    with translation.override(locale):
        page = render(request, "chat/widget.html", {"shop": shop, "setting": setting, "words": WIDGET})
    return no_markup_from_scripts(page, embedded_by=shop.widget_origins)


@opens_for(EVERYONE)
@cache_control(public=True, max_age=3600)
def embed(request: HttpRequest) -> HttpResponse:
    """The script of the one tag that a shop puts on its pages."""
    found = finders.find(EMBED_SCRIPT)
    if not isinstance(found, str):
        raise NotFound
    response = HttpResponse(Path(found).read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
