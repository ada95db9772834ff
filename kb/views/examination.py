"""Examining the knowledge base: questions in, right and wrong answers out."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from kb import access, actions
from kb.forms import ExaminationForm
from kb.questions import written
from kb.reports import AnswerSheet

_SHOWN_ISSUES = 50


@opens_for(Permission.KB_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def examine(request: HttpRequest) -> HttpResponse:
    """Asks the live knowledge the questions that were sent, and shows what came of each."""

    def shown(form: ExaminationForm, sheet: AnswerSheet) -> HttpResponse:
        lines = written(form.cleaned_data["sheet"].lines)
        return _page(request, form, sheet=sheet, lines=lines, shop=form.cleaned_data["shop"])

    return _asked(request, shown)


@opens_for(Permission.KB_EDIT)
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """The same questions asked again, as a CSV file."""

    def sent(form: ExaminationForm, sheet: AnswerSheet) -> HttpResponse:
        name = f"{form.cleaned_data['shop'].key}_r{sheet.release}.csv"
        kind = "text/csv; charset=utf-8"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(sheet.as_csv(), content_type=kind, headers=headers)

    return _asked(request, sent)


def _asked(
    request: HttpRequest, then: Callable[[ExaminationForm, AnswerSheet], HttpResponse]
) -> HttpResponse:
    """What comes of sound questions; otherwise the form, with what is wrong."""
    person = access.person_of(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ExaminationForm(*sent, person=person)
    if not (form.is_bound and form.is_valid()):
        return _page(request, form)
    shop = form.cleaned_data["shop"]
    try:
        done = actions.examine(shop=shop, sheet=form.cleaned_data["sheet"], by=person, at=clock.now())
    except actions.BadQuestions as bad:
        return _page(request, form, bad=bad, issues=bad.issues[:_SHOWN_ISSUES])
    return then(form, AnswerSheet.of(shop, done))


def _page(request: HttpRequest, form: ExaminationForm, **found: Any) -> HttpResponse:
    frame = admin.site.each_context(request) | {"title": _("Examine the knowledge base"), "form": form}
    return render(request, "kb/examine.html", frame | found)
