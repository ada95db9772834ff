"""The knowledge base's part of /api/v1/."""

from django.urls import path

from kb.api import articles, exchange, lists, manuals, planning

urlpatterns = [
    path("articles/", articles.Articles.as_view(), name="articles"),
    path("articles/<str:key>/", articles.OneArticle.as_view(), name="article"),
    path("articles/<str:key>/publish/", articles.Publish.as_view(), name="publish"),
    path("articles/<str:key>/withdraw/", articles.Withdraw.as_view(), name="withdraw"),
    path("articles/<str:key>/plan/", planning.Plan.as_view(), name="plan"),
    path("articles/<str:key>/versions/", articles.Versions.as_view(), name="versions"),
    path("search/", lists.Search.as_view(), name="search"),
    path("categories/", lists.Categories.as_view(), name="categories"),
    path("releases/", lists.Releases.as_view(), name="releases"),
    path("imports/", exchange.Imports.as_view(), name="imports"),
    path("manuals/", manuals.Manuals.as_view(), name="manuals"),
    path("export/", exchange.Export.as_view(), name="export"),
]
