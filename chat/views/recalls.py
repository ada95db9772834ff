"""Taking a wrong answer back: who was told it, a look at what will be said to how many, and how far that is."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chat.actions.recalling import check_correction, recall
from chat.exports import told_csv
from chat.forms import TICKET, RecallForm, WindowForm
from chat.learning.told import Extent, Told, Window, live_window, told
from chat.models import JobState, Recall
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.tenancy import reach
from cscore.common import clock
from cscore.common.doors import check, opens_for
from cscore.common.errors import Refusal
from kb.access import person_of, version_for
from kb.models import ArticleVersion

_PER_PAGE: Final = 50


@opens_for(Permission.CHAT_SUPERVISE)
@require_safe
def recall_page(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """Who was told the version, and the form that takes it back."""
    version = _version(request, article_id, number)
    asked, window = _window(request, version)
    found = told(version, window)
    initial = {"told_from": window.told_from, "told_until": window.told_until}
    return _page(request, version, found, asked, RecallForm(initial=initial))


@opens_for(Permission.CHAT_SUPERVISE)
@require_safe
def recall_csv(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """The same list as a file."""
    version = _version(request, article_id, number)
    _asked, window = _window(request, version)
    name = f"recall_{version.article_id}_v{version.number}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    file = told_csv(told(version, window))
    return HttpResponse(file, content_type="text/csv; charset=utf-8", headers=headers)


@opens_for(Permission.CHAT_SUPERVISE)
@require_POST
def recall_start(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """First a look at what will be said to how many; then, confirmed, it is done in the background."""
    version = _version(request, article_id, number)
    form = RecallForm(request.POST)
    if not form.is_valid():
        _asked, window = _window(request, version)
        return _page(request, version, told(version, window), WindowForm(), form)
    window, body = form.window, form.cleaned_data["body"]
    with_tickets = form.cleaned_data["how"] == TICKET
    try:
        said = check_correction(version=version, body=body, at=clock.now())
        if "confirmed" in request.POST:
            recall(
                version=version, window=window, body=body, with_tickets=with_tickets,
                by=person_of(request), at=clock.now(),
            )  # fmt: skip
            messages.success(request, _("The recall is under way."))
            return redirect("chat:recall", article_id, number)
    except Refusal as refusal:
        form.add_error("body", str(refusal))
        return _page(request, version, told(version, window), WindowForm(request.POST), form)
    waiting = [one for one in told(version, window) if not one.corrected]
    context = {"version": version, "form": form, "said": said, "with_tickets": with_tickets}
    return _render(request, "chat/recall_confirm.html", context | {"extent": Extent.of(waiting)})


@opens_for(Permission.CHAT_SUPERVISE)
@require_safe
def recall_state(request: HttpRequest, recall_id: int) -> JsonResponse:
    """How far a recall has got, for the page that waits."""
    person = _person(request)
    found = reach(Recall.objects.select_related("version__article"), person, pk=recall_id)
    done = found.corrections.count()
    return JsonResponse({"state": found.state, "done": done, "total": max(done, found.total)})


def _person(request: HttpRequest) -> User:
    """Who recalls speaks for the shop and reads what others were told: both take a right of their own."""
    person = person_of(request)
    check(person, Permission.KB_PUBLISH)
    return person


def _version(request: HttpRequest, article_id: int, number: int) -> ArticleVersion:
    return version_for(_person(request), article_id=article_id, number=number)


def _window(request: HttpRequest, version: ArticleVersion) -> tuple[WindowForm, Window]:
    """The window that the address asks for, else all the time that the version was live."""
    # To the minute, as the form says it: whoever was told in this one belongs to it.
    whole = live_window(version, clock.now() + timedelta(minutes=1))
    if "told_from" in request.GET:
        form = WindowForm(request.GET)
        return form, form.window if form.is_valid() else whole
    return WindowForm(initial={"told_from": whole.told_from, "told_until": whole.told_until}), whole


def _page(
    request: HttpRequest, version: ArticleVersion, found: list[Told], asked: WindowForm, form: RecallForm
) -> HttpResponse:
    rows = Recall.objects.filter(version=version).select_related("by").annotate(done=Count("corrections"))
    recalls = list(rows.order_by("-at", "-pk"))
    running = next((one for one in recalls if one.state in (JobState.QUEUED, JobState.RUNNING)), None)
    context = {
        "version": version,
        "asked": asked,
        "form": form,
        "extent": Extent.of(found),
        "page": Paginator(found, _PER_PAGE).get_page(request.GET.get("page")),
        "query": urlencode({name: request.GET[name] for name in asked.fields if name in request.GET}),
        "recalls": recalls,
        "running": running,
    }
    return _render(request, "chat/recall.html", context)


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(
        request, template, admin.site.each_context(request) | {"title": _("Recall an answer")} | context
    )
