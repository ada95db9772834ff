"""Doors of this app."""

from django.urls import path

from tickets import views

app_name = "tickets"
urlpatterns = [
    path("<int:ticket_id>/work/", views.work, name="work"),
    path("<int:ticket_id>/assign/", views.assign, name="assign"),
]
