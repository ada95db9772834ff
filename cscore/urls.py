"""The map of front doors."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from cscore import home
from cscore.common.doors import EVERYONE, opens_for

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("health/", home.health, name="health"),
    path("favicon.ico", home.favicon, name="favicon"),
    path("language/", opens_for(EVERYONE)(set_language), name="set_language"),
    path("admin/reports/", include("analytics.urls")),
    path("admin/kb/", include("kb.urls")),
    path("admin/tickets/", include("tickets.urls")),
    path("admin/", admin.site.urls),
    path("", include("chat.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("shop/", include("cscore.demo.urls")))
