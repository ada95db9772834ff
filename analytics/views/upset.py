"""How many upset customers reach senior agents, for those who lead them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from analytics import charts
from analytics.forms.upset import UpsetForm
from analytics.reports.upset import upset_report
from analytics.views.page import Page
from chat.actions import take_upset_per_hour
from cscore.accounts.permissions import Permission
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound

TAB = "analytics:upset"


@opens_for(Permission.REPORTS_VIEW)
@require_safe
def upset(request: HttpRequest) -> HttpResponse:
    """Alerts an hour at every threshold, and what the shop's rated chats taught."""
    page = Page.of(request)
    title = gettext_lazy("Upset customers")
    if page.shop is None:
        return page.show("analytics/no_shop.html", title, tab=TAB)
    report = upset_report(page.shop)
    return page.show(
        "analytics/upset.html",
        title,
        tab=TAB,
        report=report,
        form=UpsetForm(initial={"most": report.most}),
        may_choose=page.person.may(Permission.CHAT_SUPERVISE),
        charts={"alerts": charts.alerts(report).as_json()} if report.options else {},
    )


@opens_for(Permission.CHAT_SUPERVISE)
@require_POST
def keep_upset(request: HttpRequest) -> HttpResponse:
    """How many an hour the shop's people take from now on."""
    page = Page.of(request)
    if page.shop is None:
        raise NotFound
    form = UpsetForm(request.POST)
    if form.is_valid():
        most = form.cleaned_data["most"]
        take_upset_per_hour(shop=page.shop, most=most, by=page.person, at=page.at)
        messages.success(request, _("The threshold follows from the next message on."))
    else:
        messages.error(request, " ".join(str(error) for found in form.errors.values() for error in found))
    return redirect(f"{reverse(TAB)}?shop={page.shop.key}")
