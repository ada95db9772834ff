"""What past questions say of drafts: asking for a replay, watching it, reading it, publishing after it."""

from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chat.actions.replaying import ask_replay, publish_replayed, versions_of
from chat.exports import replay_csv
from chat.learning.reading import CHANGES, Age, age, bar, named, shown, tiles
from chat.learning.results import Result, Row
from chat.models import JobState, Replay
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.tenancy import reach
from cscore.common import clock
from cscore.common.doors import opens_for
from cscore.common.errors import Refusal
from kb.access import article_for, person_of
from kb.comparing import Change
from kb.models import ArticleVersion
from kb.queries import batches
from kb.serving.standing import FRESH_FOR
from kb.serving.standing import newest as newest_standing
from kb.waiting import drafts_waiting

_PER_PAGE = 20
_NAMED = 20


@opens_for(Permission.KB_EDIT)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The drafts chosen in the list or just imported, to be replayed before they go live; and the replays so far."""
    person = person_of(request)
    drafts = _latest_of(person, drafts_waiting(request))
    return _page(
        request,
        "chat/replays.html",
        title=_("Replay before publishing"),
        drafts=drafts[:_NAMED],
        more=len(drafts[_NAMED:]),
        replays=Replay.objects.for_shops_of(person).select_related("shop", "asked_by").defer("result")[:20],
    )


@opens_for(Permission.KB_EDIT)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Replays the drafts that wait."""
    person = person_of(request)
    return _started(request, _latest_of(person, drafts_waiting(request)))


@opens_for(Permission.KB_EDIT)
@require_POST
def start_one(request: HttpRequest, article_id: int) -> HttpResponse:
    """Replays the article's latest version."""
    article = article_for(person_of(request), pk=article_id)
    version = article.latest_version
    return _started(request, [version] if version else [])


@opens_for(Permission.KB_EDIT)
@require_POST
def again(request: HttpRequest, replay_id: int) -> HttpResponse:
    """Replays the same articles as their drafts are now."""
    found = _replay_for(person_of(request), replay_id)
    rows = ArticleVersion.objects.select_related("article__shop").filter(article__latest_version=F("pk"))
    versions = {
        version.pk: version
        for some in batches(found.versions)
        for version in rows.filter(article__versions__in=some, article__archived_at=None)
    }
    return _started(request, list(versions.values()))


@opens_for(Permission.KB_EDIT)
@require_safe
def replay(request: HttpRequest, replay_id: int) -> HttpResponse:
    """How far it has got; once it is done, what it found."""
    found = _replay_for(person_of(request), replay_id)
    if found.state != JobState.DONE:
        stale = bool(found.result.get("stale"))
        return _page(request, "chat/replay_running.html", title=_title(), replay=found, stale=stale)
    return _result_page(request, found)


@opens_for(Permission.KB_EDIT)
@require_safe
def state(request: HttpRequest, replay_id: int) -> JsonResponse:
    """How far it has got, for the page that waits."""
    found = _replay_for(person_of(request), replay_id)
    return JsonResponse({"state": found.state, "done": found.done, "total": found.total})


@opens_for(Permission.KB_EDIT)
@require_safe
def newest(request: HttpRequest, article_id: int) -> JsonResponse:
    """What the newest replay of the article's latest version says, for its page: `words` and `url`, or nothing."""
    article = article_for(person_of(request), pk=article_id)
    rows = Replay.objects.filter(shop=article.shop).defer("result").order_by("-asked_at", "-pk")
    found = next((row for row in rows if article.latest_version_id in row.versions), None)
    if found is None or found.state == JobState.FAILED:
        return JsonResponse({})
    return JsonResponse({"url": reverse("chat:replay", args=[found.pk]), "words": _newest_in_words(found)})


@opens_for(Permission.KB_PUBLISH)
@require_POST
def publish(request: HttpRequest, replay_id: int) -> HttpResponse:
    """Makes the replayed drafts live; golden questions are lost only with a reason."""
    person = person_of(request)
    found = _replay_for(person, replay_id)
    try:
        release = publish_replayed(
            replay=found,
            by=person,
            at=clock.now(),
            despite=request.POST.get("despite", ""),
            is_outdated=request.POST.get("age") == Age.RELEASED_SINCE,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Live as release %(release)s.") % {"release": release})
    return redirect("chat:replay", found.pk)


@opens_for(Permission.KB_EDIT)
@require_safe
def download(request: HttpRequest, replay_id: int) -> HttpResponse:
    """Every row as CSV."""
    found = _replay_for(person_of(request), replay_id)
    result = Result.from_json(found.result) if found.state == JobState.DONE else None
    headers = {"Content-Disposition": f'attachment; filename="replay_{found.pk}.csv"'}
    rows = shown(found.shop, result.rows if result else ())
    return HttpResponse(replay_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)


def in_words(result: Result) -> str:
    """What would change, as it stands on a button."""
    counted = {
        _("%(count)s answered anew"): result.times(Change.ANSWERED),
        _("%(count)s differently"): result.times(Change.DIFFERENT),
        _("%(count)s ambiguous"): result.times(Change.AMBIGUOUS),
        _("%(count)s lost"): result.times(Change.LOST),
    }
    parts = [words % {"count": count} for words, count in counted.items() if count]
    return _(", ").join(parts) or _("no answer changes")


def _newest_in_words(found: Replay) -> str:
    if found.state != JobState.DONE:
        return _("A replay is under way")
    words = in_words(Result.from_json(found.result))
    # Not a plural: Chinese has one form for all numbers, and one draft is not "all drafts".
    if len(found.versions) == 1:
        words = _("Replayed: %(words)s") % {"words": words}
    else:
        sentence = _("Replayed with all %(drafts)s drafts: %(words)s")
        words = sentence % {"words": words, "drafts": len(found.versions)}
    return words if age(found) == Age.CURRENT else _("%(words)s (out of date)") % {"words": words}


def _result_page(request: HttpRequest, found: Replay) -> HttpResponse:
    person, result = person_of(request), Result.from_json(found.result)
    chosen = request.GET.get("change", "")
    rows: list[Row] = [row for row in result.rows if chosen in ("", row.change)]
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    keys = [hit.key for hit in result.hits]
    keys += [key for alike in result.alike for key in (alike.key, alike.other)]
    articles = named(found.shop, {*keys, *(lost.key for lost in result.lost)})
    how_old = age(found)
    live = how_old is Age.PUBLISHED
    return _page(
        request,
        "chat/replay.html",
        title=_title(),
        replay=found,
        result=result,
        words=in_words(result),
        age=how_old,
        tiles=tiles(result),
        bar=bar(result),
        chosen=chosen if chosen in set(CHANGES) else "",
        page=page,
        rows=shown(found.shop, list(page.object_list)),
        hits=[(hit, articles.get(hit.key)) for hit in result.hits],
        lost=[(lost, articles.get(lost.key)) for lost in result.lost],
        alike=[(one, articles.get(one.key), articles.get(one.other)) for one in result.alike],
        drafts=versions_of(found)[:_NAMED],
        more=max(0, len(found.versions) - _NAMED),
        standings=newest_standing([found.shop], clock.now(), within=FRESH_FOR) if live else [],
        may_publish=person.may(Permission.KB_PUBLISH),
        may_override=person.may(Permission.KB_OVERRIDE),
        may_read_conversations=person.may(Permission.REPORTS_VIEW),
    )


def _started(request: HttpRequest, versions: list[ArticleVersion]) -> HttpResponse:
    try:
        asked = ask_replay(versions=versions, by=person_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("chat:replay_waiting")
    return redirect("chat:replay", asked.pk)


def _replay_for(person: User, replay_id: int) -> Replay:
    """A replay of one of the person's shops. Raises NotFound."""
    return reach(Replay.objects.select_related("shop", "asked_by"), person, pk=replay_id)


def _latest_of(person: User, ids: list[int]) -> list[ArticleVersion]:
    """The chosen versions that are still drafts and the person's to replay."""
    rows = (
        ArticleVersion.objects.for_shops_of(person).select_related("article__shop").order_by("pk").distinct()
    )
    found = [version for some in batches(ids) for version in rows.filter(pk__in=some)]
    return [
        version
        for version in found
        if version.article.latest_version_id == version.pk != version.article.live_version_id
    ]


def _title() -> str:
    return _("Replay before publishing")


def _page(request: HttpRequest, template: str, **found: Any) -> HttpResponse:
    return render(request, template, admin.site.each_context(request) | found)
