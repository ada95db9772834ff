"""The map of front doors as a demo server has it."""

from django.urls import include, path

from cscore.urls import urlpatterns as always

urlpatterns = [path("shop/", include("cscore.demo.urls")), *always]
