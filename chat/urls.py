"""Doors of this app."""

from django.urls import path

from chat.views import desk, transcript, widget

app_name = "chat"
urlpatterns = [
    path("widget/embed.js", widget.embed, name="embed"),
    path("widget/<slug:key>/", widget.widget, name="widget"),
    path("desk/", desk.desk, name="desk"),
    path("desk/conversations/<uuid:conversation_id>/", transcript.transcript, name="transcript"),
]
