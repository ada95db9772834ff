"""Doors of this app."""

from django.urls import path

from analytics.views import confidence, conversations, overview, savings, staffing

app_name = "analytics"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations.csv", conversations.export, name="export"),
    path("conversations/<uuid:conversation_id>/", conversations.conversation, name="conversation"),
    path("confidence/", confidence.confidence, name="confidence"),
    path("confidence/keep/", confidence.keep_precision, name="keep_precision"),
    path("staffing/", staffing.staffing, name="staffing"),
    path("staffing/keep/", staffing.keep_policy, name="keep_policy"),
    path("savings/", savings.savings, name="savings"),
    path("savings/inputs/", savings.cost_inputs, name="cost_inputs"),
]
