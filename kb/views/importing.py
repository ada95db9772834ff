"""How far a long import is, for whoever uploaded the file."""

import tablib  # type: ignore[import-untyped]
from django.contrib import admin
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cscore.accounts.permissions import Permission
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound
from kb import access
from kb.admin.uploads import signer
from kb.formats import SafeXlsx
from kb.import_runs import Run, look
from kb.resources import headers
from kb.waiting import let_wait, within


@opens_for(Permission.KB_EDIT)
@require_safe
def import_run(request: HttpRequest, signed: str) -> HttpResponse:
    """The page; it asks by itself until the import is over."""
    run = _run(request, signed)
    frame = admin.site.each_context(request) | {"title": _("Import"), "run": run, "sentence": _sentence(run)}
    return render(request, "kb/import_run.html", frame | {"signed": signed})


@opens_for(Permission.KB_EDIT)
@require_safe
def import_state(request: HttpRequest, signed: str) -> HttpResponse:
    """What the page asks."""
    run = _run(request, signed)
    told = {"done": run.done, "total": run.total, "over": run.is_over, "sentence": _sentence(run)}
    return JsonResponse(told | {"issues": run.issues, "drafted": bool(run.drafted)})


@opens_for(Permission.KB_EDIT)
@require_POST
def import_replay(request: HttpRequest, signed: str) -> HttpResponse:
    """What the import drafted waits on the page of replays."""
    let_wait(request, within(_run(request, signed).drafted))
    return redirect("chat:replay_waiting")


@opens_for(Permission.KB_EDIT)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty spreadsheet with the columns' names in the language of the page."""
    sheet = SafeXlsx().export_data(tablib.Dataset(headers=headers()))
    name = "articles-template.xlsx"
    found = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(sheet, content_type=SafeXlsx().get_content_type(), headers=found)


def _run(request: HttpRequest, signed: str) -> Run:
    """Raises NotFound for a run of somebody else's, as for one that never was."""
    try:
        return look(signer(access.person_of(request)).unsign(signed))
    except BadSignature as forged:
        raise NotFound from forged


def _sentence(run: Run) -> str:
    match run.phase:
        case "checking":
            return _("Checking: %(done)s of %(total)s articles.") % {"done": run.done, "total": run.total}
        case "storing":
            return _("Storing: %(done)s of %(total)s articles.") % {"done": run.done, "total": run.total}
        case "waiting":
            return _("Waiting for its turn.")
    return run.said
