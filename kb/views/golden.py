"""Golden questions: one click from where a question was seen, many by pasting, and publishing in spite of them."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound, Refusal
from kb import access, actions
from kb.actions.golden import BadGolden
from kb.forms import ExaminationForm
from kb.golden import would_lose
from kb.models import Article

_SHOWN_ISSUES = 50


@opens_for(Permission.KB_EDIT)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """The article must answer this question from now on; back to where it was asked for."""
    person = access.person_of(request)
    article = access.article_for(person, pk=request.POST.get("article") or 0)
    try:
        kept = actions.keep_golden(
            article=article, question=request.POST.get("question", ""), by=person, at=clock.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Golden from now on: “%(question)s” must stay answered by “%(article)s”.")
        messages.success(request, words % {"question": kept.question, "article": article})
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("admin:kb_goldenquestion_changelist")
    return redirect(back)


@opens_for(Permission.KB_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest) -> HttpResponse:
    """Many golden questions from lines or a file: all of them or none."""
    person = access.person_of(request)
    form = ExaminationForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()), person=person
    )
    found: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        try:
            if sheet.issues:
                raise BadGolden(sheet.issues)
            count = actions.keep_all_golden(
                shop=form.cleaned_data["shop"], lines=sheet.lines, by=person, at=clock.now()
            )
        except BadGolden as bad:
            found = {"bad": bad, "issues": bad.issues[:_SHOWN_ISSUES]}
        except Refusal as refusal:
            found = {"bad": refusal}
        else:
            messages.success(request, _("%(count)s golden questions kept.") % {"count": count})
            return redirect("admin:kb_goldenquestion_changelist")
    frame = admin.site.each_context(request) | {"title": _("Paste golden questions"), "form": form}
    return render(request, "kb/golden_paste.html", frame | found)


@opens_for(Permission.KB_OVERRIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def override(request: HttpRequest, article_id: int, verb: str) -> HttpResponse:
    """Publishing or withdrawing one article although golden questions are lost: which, and why it is done."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)
    if verb not in ("publish", "withdraw"):
        raise NotFound
    if request.method == "POST":
        return _overridden(request, article, verb)
    version = article.latest_version
    if version is not None:
        version.article = article
    publishing = verb == "publish" and version is not None
    lost = would_lose(
        article.shop_id, [version] if publishing and version else [], [] if publishing else [article.key]
    )
    frame = admin.site.each_context(request) | {
        "title": _("Golden questions that would be lost"),
        "article": article,
        "verb": verb,
        "lost": lost,
    }
    return render(request, "kb/golden_override.html", frame)


def _overridden(request: HttpRequest, article: Article, verb: str) -> HttpResponse:
    person, at, despite = access.person_of(request), clock.now(), request.POST.get("despite", "")
    try:
        if verb == "publish":
            versions = [article.latest_version] if article.latest_version else []
            release = actions.publish(versions=versions, by=person, at=at, despite=despite)
            said = _("Live as release %(release)s.") % {"release": release}
        else:
            release = actions.withdraw(articles=[article], by=person, at=at, despite=despite)
            said = _("Withdrawn with release %(release)s.") % {"release": release}
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("kb:golden_override", article.pk, verb)
    messages.success(request, said)
    return redirect("admin:kb_article_change", article.pk)
