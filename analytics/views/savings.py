from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from analytics import actions, charts
from analytics.forms import CostForm
from analytics.inputs import BadFigure
from analytics.queries import policies
from analytics.reports.savings import IN_TIME_MONTHS, own_data, savings_report
from analytics.savings.names import GROUPS, CostInput, is_share, unit_of
from analytics.views.page import Page
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound


@opens_for(Permission.REPORTS_VIEW)
@require_safe
def savings(request: HttpRequest) -> HttpResponse:
    """Cash, hours and revenue apart, from the shop's own inputs."""
    page = Page.of(request)
    if page.shop is None:
        return page.show("analytics/no_shop.html", gettext_lazy("Savings and payback"))
    report = savings_report(page.shop, at=page.at, zone=page.zone)
    inputs = [
        (title, [(name, unit_of(name), is_share(name), report.assumptions.get(name.value)) for name in names])
        for title, names in GROUPS
    ]
    return page.show(
        "analytics/savings.html",
        gettext_lazy("Savings and payback"),
        tab="analytics:savings",
        report=report,
        inputs=inputs,
        in_time=IN_TIME_MONTHS,
        charts={"spreads": charts.spreads(report.simulated).as_json()} if report.simulated else {},
    )


@opens_for(Permission.COSTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def cost_inputs(request: HttpRequest) -> HttpResponse:
    """The shop's cost inputs: shown, and kept when they make sense."""
    page = Page.of(request)
    if page.shop is None:
        raise NotFound
    form = CostForm(
        request.POST if request.method == "POST" else None,
        rows=policies.assumptions(page.shop),
        own=own_data(page.shop, at=page.at, zone=page.zone),
    )
    if form.is_bound and form.is_valid() and _kept(form, page.shop, page):
        messages.success(request, _("The cost inputs are kept."))
        return redirect(f"{reverse('analytics:savings')}?shop={page.shop.key}")
    return page.show("analytics/cost_inputs.html", gettext_lazy("Cost inputs"), form=form)


def _kept(form: CostForm, shop: Shop, page: Page) -> bool:
    """All of the inputs or none; what the verb refuses stands beside its field."""
    name = ""
    try:
        with transaction.atomic():
            for name, figures in form.figures():
                actions.set_assumption(shop=shop, name=name, by=page.person, at=page.at, **figures)
    except BadFigure as refusal:
        refusal.details["field"] = CostInput(name).label
        form.add_error(f"{name}-expected", str(refusal))
        return False
    return True
