"""The map of front doors."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from cscore import api, home
from cscore.common.doors import EVERYONE, opens_for

API_V1: tuple[list[URLPattern | URLResolver], str] = (
    [
        path("schema/", api.schema, name="schema"),
        path("docs/", api.docs, name="docs"),
        path("", include("kb.api.urls")),
        path("<path:anything>", api.NothingHere.as_view(), name="nothing_here"),
    ],
    "api",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("health/", home.health, name="health"),
    path("favicon.ico", home.favicon, name="favicon"),
    path("language/", opens_for(EVERYONE)(set_language), name="set_language"),
    path("api/v1/", include(API_V1)),
    path("admin/reports/", include("analytics.urls")),
    path("admin/kb/", include("kb.urls")),
    path("help/", include("kb.help_urls")),
    path("admin/tickets/", include("tickets.urls")),
    path("", include("chat.urls")),
    path("admin/", admin.site.urls),
]
if settings.DEMO:
    urlpatterns.append(path("shop/", include("cscore.demo.urls")))
