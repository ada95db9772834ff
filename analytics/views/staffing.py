from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from analytics import actions, charts
from analytics.forms import PolicyForm, WhatIfForm
from analytics.models import StaffingPolicy
from analytics.queries import policies
from analytics.reports.staffing import StaffingReport, measured_work
from analytics.reports.staffing import staffing as make_report
from analytics.staffing.measured import MeasuredWork
from analytics.views.page import Page
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound


@opens_for(Permission.REPORTS_VIEW)
@require_safe
def staffing(request: HttpRequest) -> HttpResponse:
    """The coming week. What is typed in the address is tried, not kept."""
    page = Page.of(request)
    if page.shop is None:
        return page.show("analytics/no_shop.html", gettext_lazy("Staffing"))
    measured = measured_work(page.shop, page.at)
    kept = policies.staffing_policy(page.shop) or _usual(page.shop, measured)
    tried = PolicyForm(request.GET, instance=kept) if "service_level" in request.GET else None
    policy = tried.save(commit=False) if tried and tried.is_valid() else kept
    trial = WhatIfForm(request.GET)
    report = make_report(policy, trial.what_if(), measured=measured, at=page.at, zone=page.zone)
    chosen = _day(request, report)
    return page.show(
        "analytics/staffing.html",
        gettext_lazy("Staffing"),
        tab="analytics:staffing",
        report=report,
        form=tried or PolicyForm(instance=kept),
        trial=trial,
        chosen=chosen,
        day_query=_without_day(request),
        day=report.days[chosen] if report.days else None,
        charts=_charts(report, chosen),
    )


@opens_for(Permission.COSTS_EDIT)
@require_POST
def keep_policy(request: HttpRequest) -> HttpResponse:
    """Keeps the inputs for the shop."""
    page = Page.of(request)
    if page.shop is None:
        raise NotFound
    form = PolicyForm(request.POST, instance=StaffingPolicy(shop=page.shop))
    if form.is_valid():
        actions.set_policy(policy=form.save(commit=False), by=page.person, at=page.at)
        messages.success(request, _("The staffing inputs are kept."))
        return redirect(f"{reverse('analytics:staffing')}?shop={page.shop.key}")
    problems = [
        f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors
    ]
    messages.error(request, " ".join(problems))
    return redirect(f"{reverse('analytics:staffing')}?shop={page.shop.key}")


def _usual(shop: Shop, measured: MeasuredWork | None) -> StaffingPolicy:
    """The usual promises, with what the shop's own chats show where they show it."""
    if measured is None:
        return StaffingPolicy(shop=shop)
    return StaffingPolicy(
        shop=shop,
        customer_seconds=round(measured.customer_seconds, 1),
        replies_per_chat=round(measured.replies_per_chat, 1),
    )


def _day(request: HttpRequest, report: StaffingReport) -> int:
    """Which day is shown, from 0."""
    asked = request.GET.get("day", "0")
    return min(int(asked), max(len(report.days) - 1, 0)) if asked.isdecimal() and len(asked) < 3 else 0


def _without_day(request: HttpRequest) -> str:
    """The address of what is tried now."""
    asked = request.GET.copy()
    asked.pop("day", None)
    return asked.urlencode()


def _charts(report: StaffingReport, chosen: int) -> dict[str, dict[str, Any]]:
    drawn = {"levels": charts.concurrency(report.levels, report.policy.reply_target).as_json()}
    if report.days:
        drawn["day"] = charts.staffed_day(report.days[chosen]).as_json()
    return drawn
