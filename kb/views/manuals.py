"""A product manual becomes drafts: uploaded, looked over, chosen from, saved. Nothing goes live from here."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import admin, messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound
from kb import access, actions
from kb.admin.uploads import WaitingUpload, signer
from kb.forms.manual import ChoiceForm, ManualForm
from kb.imports import Issue, Sheet
from kb.manuals import Section, read_manual
from kb.manuals.drafting import Offer, offers_of


@opens_for(Permission.KB_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def manual(request: HttpRequest) -> HttpResponse:
    """The upload, then what was found, then the drafts."""
    person = access.person_of(request)
    if "waiting" in request.POST:
        return _chosen(request, person)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ManualForm(*sent, person=person)
    if not (form.is_bound and form.is_valid()):
        return _page(request, form=form)
    upload = WaitingUpload()
    upload.save(form.data_read)
    shop, name = form.cleaned_data["shop"], form.cleaned_data["file"].name
    first = {"shop": shop, "waiting": signer(person).sign(upload.name), "name": name}
    return _offered(request, ChoiceForm(initial=first, person=person), shop, form.sections, first)


def _chosen(request: HttpRequest, person: User) -> HttpResponse:
    """Saves what was ticked; or shows the page again with what keeps it from being saved."""
    form = ChoiceForm(request.POST, person=person)
    if not form.is_valid():
        return _again(request)
    shop, name = form.cleaned_data["shop"], form.cleaned_data["name"]
    try:
        upload = WaitingUpload(name=signer(person).unsign(form.cleaned_data["waiting"]))
        sections = read_manual(upload.read(), name)
    except (BadSignature, FileNotFoundError, NotFound):
        return _again(request)
    offers = {offer.place: offer for offer in offers_of(sections, form.questions())}
    kept = [offers[place] for place in sorted(form.ticked() & offers.keys())]
    if not kept:
        messages.error(request, _("Tick what becomes an article."))
        return _offered(request, form, shop, sections, form.cleaned_data)
    try:
        done = actions.import_articles(shop=shop, sheet=_sheet(kept), by=person, at=clock.now())
    except actions.BadImport as bad:
        messages.error(request, str(bad))
        return _offered(request, form, shop, sections, form.cleaned_data)
    upload.remove()
    said = _("From the manual: %(new)s new, %(changed)s changed, %(same)s unchanged drafts.")
    messages.success(request, said % {"new": done.new, "changed": done.changed, "same": done.same})
    return redirect(f"{reverse('admin:kb_article_changelist')}?state=draft")


def _sheet(offers: Iterable[Offer]) -> Sheet:
    offers = list(offers)
    sound = {offer.place: offer.draft for offer in offers if not offer.wrong}
    return Sheet(sound, tuple(Issue(offer.place, one) for offer in offers for one in offer.wrong))


def _offered(
    request: HttpRequest, form: ChoiceForm, shop: Shop, sections: list[Section], told: Mapping[str, Any]
) -> HttpResponse:
    """Every section, with what the shop has already and what is wrong."""
    offers = offers_of(sections, form.questions() if form.is_bound else None)
    state = actions.standing_of(shop, [offer.draft for offer in offers])
    ticked = form.ticked() if form.is_bound else {offer.place for offer in offers if not offer.wrong}
    rows = [
        {
            "offer": offer,
            "standing": standing,
            "ticked": offer.place in ticked and (form.is_bound or standing.worth_taking),
            "why": [*map(str, offer.wrong), *([str(standing.clash)] if standing.clash else [])],
        }
        for offer, standing in zip(offers, state, strict=True)
    ]
    return _page(request, rows=rows, choice=form, name=told["name"], shop=shop)


def _again(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Upload the file again."))
    return redirect("kb:manual")


def _page(request: HttpRequest, **found: Any) -> HttpResponse:
    frame = admin.site.each_context(request) | {"title": _("From a product manual")}
    return render(request, "kb/manual.html", frame | found)
