"""Doors of this app."""

from django.urls import path

from analytics.views import articles, confidence, conversations, overview, savings, staffing, upset

app_name = "analytics"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations.csv", conversations.export, name="export"),
    path("conversations/<uuid:conversation_id>/", conversations.conversation, name="conversation"),
    path("articles/", articles.articles, name="articles"),
    path("articles.csv", articles.export, name="articles_csv"),
    path("articles/<int:article_id>/", articles.article, name="article"),
    path("confidence/", confidence.confidence, name="confidence"),
    path("confidence/keep/", confidence.keep_precision, name="keep_precision"),
    path("staffing/", staffing.staffing, name="staffing"),
    path("staffing/keep/", staffing.keep_policy, name="keep_policy"),
    path("upset/", upset.upset, name="upset"),
    path("upset/keep/", upset.keep_upset, name="keep_upset"),
    path("savings/", savings.savings, name="savings"),
    path("savings/inputs/", savings.cost_inputs, name="cost_inputs"),
]
