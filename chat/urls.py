"""Doors of this app."""

from django.urls import path

from chat.views import articles, desk, gaps, photos, recalls, replays, transcript, widget

app_name = "chat"
urlpatterns = [
    path("widget/embed.js", widget.embed, name="embed"),
    path("widget/<slug:key>/", widget.widget, name="widget"),
    path("widget/<slug:key>/photos/", photos.send_photo, name="send_photo"),
    path("widget/<slug:key>/photos/<uuid:photo_id>/", photos.own_photo, name="own_photo"),
    path("desk/photos/<uuid:photo_id>/", photos.photo, name="photo"),
    path("desk/", desk.desk, name="desk"),
    path("admin/replays/", replays.waiting, name="replay_waiting"),
    path("admin/replays/start/", replays.start, name="replay_start"),
    path("admin/replays/of/<int:article_id>/", replays.newest, name="replay_newest"),
    path("admin/replays/of/<int:article_id>/start/", replays.start_one, name="replay_article"),
    path("admin/replays/<int:replay_id>/", replays.replay, name="replay"),
    path("admin/replays/<int:replay_id>/again/", replays.again, name="replay_again"),
    path("admin/replays/<int:replay_id>/state/", replays.state, name="replay_state"),
    path("admin/replays/<int:replay_id>/publish/", replays.publish, name="replay_publish"),
    path("admin/replays/<int:replay_id>.csv", replays.download, name="replay_csv"),
    path(
        "desk/conversations/<uuid:conversation_id>/articles/",
        articles.find_articles,
        name="find_articles",
    ),
    path("admin/gaps/", gaps.gaps, name="gaps"),
    path("admin/gaps/look/", gaps.look, name="gaps_look"),
    path("admin/gaps/look/<slug:key>/<slug:job>/", gaps.look_state, name="gaps_look_state"),
    path("admin/gaps/<int:gap_id>/draft/", gaps.draft, name="gap_draft"),
    path("admin/gaps/<int:gap_id>/phrasing/", gaps.phrasing, name="gap_phrasing"),
    path("admin/gaps/<int:gap_id>/dismiss/", gaps.dismiss, name="gap_dismiss"),
    path("admin/gaps/<int:gap_id>/reopen/", gaps.reopen, name="gap_reopen"),
    path("admin/recalls/of/<int:article_id>/<int:number>/", recalls.recall_page, name="recall"),
    path("admin/recalls/of/<int:article_id>/<int:number>.csv", recalls.recall_csv, name="recall_csv"),
    path("admin/recalls/of/<int:article_id>/<int:number>/start/", recalls.recall_start, name="recall_start"),
    path("admin/recalls/<int:recall_id>/state/", recalls.recall_state, name="recall_state"),
    path("desk/conversations/<uuid:conversation_id>/", transcript.transcript, name="transcript"),
]
