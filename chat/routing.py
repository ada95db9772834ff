"""Websocket doors."""

from django.urls import URLPattern, path

from chat.consumers import AgentConsumer, CustomerConsumer

websocket_urlpatterns: list[URLPattern] = [
    path("ws/chat/<slug:key>/", CustomerConsumer.as_asgi()),
    path("ws/desk/", AgentConsumer.as_asgi()),
]
