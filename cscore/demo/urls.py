"""Doors of the demo shop; mounted only with DEMO=1."""

from django.urls import path

from cscore.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.front, name="front"),
    path("<slug:key>/", views.shop, name="shop"),
]
