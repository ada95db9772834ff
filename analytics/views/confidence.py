"""How sure the bot must be before it answers, for those who write the articles."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from analytics import charts
from analytics.forms import PrecisionForm
from analytics.reports.confidence import confidence_report
from analytics.views.page import Page
from cscore.accounts.permissions import Permission
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound, Refusal
from kb.actions import ask_precision


@opens_for(Permission.KB_VIEW)
@require_safe
def confidence(request: HttpRequest) -> HttpResponse:
    """Coverage and precision against the threshold, and last week under others."""
    page = Page.of(request)
    title = gettext_lazy("How sure the bot must be")
    if page.shop is None:
        return page.show("analytics/no_shop.html", title)
    report = confidence_report(page.shop, page.at)
    drawn = {"curve": charts.confidence(report).as_json()} if report.report.judged else {}
    return page.show(
        "analytics/confidence.html",
        title,
        report=report,
        form=PrecisionForm(initial=report.asked._asdict()),
        may_ask=page.person.may(Permission.KB_PUBLISH),
        may_examine=page.person.may(Permission.KB_EDIT),
        charts=drawn,
    )


@opens_for(Permission.KB_PUBLISH)
@require_POST
def keep_precision(request: HttpRequest) -> HttpResponse:
    """What the shop asks for from now on."""
    page = Page.of(request)
    if page.shop is None:
        raise NotFound
    form = PrecisionForm(request.POST)
    if form.is_valid():
        try:
            ask_precision(shop=page.shop, by=page.person, at=page.at, **form.shares())
            messages.success(request, _("The thresholds follow what you ask for from the next question on."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    else:
        errors = [error for found in form.errors.values() for error in found]
        messages.error(request, " ".join(map(str, errors)))
    return redirect(f"{reverse('analytics:confidence')}?shop={page.shop.key}")
