from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from analytics import charts
from analytics.reports.overview import overview as make_report
from analytics.views.page import Page, query
from cscore.accounts.permissions import Permission
from cscore.common.doors import opens_for


@opens_for(Permission.REPORTS_VIEW)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The figures of the mission over a period."""
    page = Page.of(request)
    if page.shop is None:
        return page.show("analytics/no_shop.html", _("Reports"))
    asked = page.asked()
    report = make_report(page.shop, asked.period, page.at)
    drawn = {figure.key: charts.sparkline(figure, report.days).as_json() for figure in report.figures}
    return page.show(
        "analytics/overview.html",
        _("Reports"),
        tab="analytics:overview",
        report=report,
        asked=asked,
        query=query(page.shop, asked),
        charts=drawn | {"days": charts.outcomes(report.days).as_json()},
    )
