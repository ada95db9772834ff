"""Doors of the demo shop; mounted only with DEMO=1."""

from django.urls import URLPattern, URLResolver

app_name = "demo"
urlpatterns: list[URLPattern | URLResolver] = []
