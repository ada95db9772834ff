"""Doors of this app, beside its admin pages."""

from django.urls import path

from kb import views

app_name = "kb"
urlpatterns = [
    path("article/<int:article_id>/publish/", views.publish, name="publish"),
    path("article/<int:article_id>/withdraw/", views.withdraw, name="withdraw"),
    path("article/<int:article_id>/versions/", views.versions, name="versions"),
    path("article/<int:article_id>/versions/<int:number>/restore/", views.restore, name="restore"),
    path(
        "article/<int:article_id>/versions/<int:number>/publish/",
        views.publish_version,
        name="publish_version",
    ),
]
