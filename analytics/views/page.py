"""What every page of reports shares: whose shop, which days, the admin's frame."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics import access
from analytics.forms.period import PRESETS, Asked, period_of
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.common import clock

TABS = (
    ("analytics:overview", _("Overview")),
    ("analytics:articles", _("Articles")),
    ("analytics:staffing", _("Staffing")),
    ("analytics:upset", _("Upset customers")),
    ("analytics:savings", _("Savings and payback")),
)


@dataclass(frozen=True)
class Page:
    """One request for a report."""

    request: HttpRequest
    person: User
    shops: list[Shop]
    shop: Shop | None
    at: datetime
    zone: tzinfo

    @classmethod
    def of(cls, request: HttpRequest) -> "Page":
        """Raises NotFound for a shop that is not the person's; `shop` is None when he has none at all."""
        person = access.person_of(request)
        shops, key = access.shops_of(person), request.GET.get("shop", "")
        shop = access.chosen(shops, key) if shops or key else None
        return cls(request, person, shops, shop, clock.now(), timezone.get_current_timezone())

    def asked(self) -> Asked:
        """The days that the address asks for."""
        return period_of(self.request.GET, at=self.at, zone=self.zone)

    def show(self, template: str, title: str | Promise, tab: str = "", **context: Any) -> HttpResponse:
        """The template in the admin's frame."""
        frame = admin.site.each_context(self.request) | {
            "title": title,
            "tabs": TABS,
            "tab": tab,
            "shop": self.shop,
            "shops": self.shops,
            "may_edit": self.person.may(Permission.COSTS_EDIT),
            "presets": PRESETS,
            "shop_query": urlencode({"shop": self.shop.key}) if self.shop else "",
        }
        return render(self.request, template, frame | context)


def query(shop: Shop, asked: Asked, **more: str | int) -> str:
    """The address of the same shop and days."""
    days: dict[str, Any] = {"days": asked.days}
    if asked.days is None:
        days = {"first": asked.period.first.isoformat(), "last": asked.period.last.isoformat()}
    return urlencode({"shop": shop.key} | days | more)
