"""Doors of the help centre: public pages, one address for each shop."""

from django.urls import path

from kb.views import help_centre

app_name = "help"
urlpatterns = [
    path("<slug:shop_key>/", help_centre.home, name="home"),
    path("<slug:shop_key>/search/", help_centre.find, name="search"),
    path("<slug:shop_key>/categories/<int:category_id>/", help_centre.category, name="category"),
    path("<slug:shop_key>/articles/<str:key>/", help_centre.article, name="article"),
    path("<slug:shop_key>/articles/<str:key>/vote/", help_centre.vote, name="vote"),
]
