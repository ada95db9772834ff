"""Doors of this app, beside its admin pages."""

from django.urls import path

from kb.views import articles, examination

app_name = "kb"
urlpatterns = [
    path("article/<int:article_id>/publish/", articles.publish, name="publish"),
    path("article/<int:article_id>/withdraw/", articles.withdraw, name="withdraw"),
    path("article/<int:article_id>/versions/", articles.versions, name="versions"),
    path("article/<int:article_id>/versions/<int:number>/restore/", articles.restore, name="restore"),
    path(
        "article/<int:article_id>/versions/<int:number>/publish/",
        articles.publish_version,
        name="publish_version",
    ),
    path("examine/", examination.examine, name="examine"),
    path("examine.csv", examination.download, name="examine_csv"),
]
