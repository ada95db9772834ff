from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesCheckboxFilter

from cscore.accounts.guarded_admin import badge
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Customer, Tier
from cscore.commerce.tenant_admin import AuditedForms

TIER_COLOUR = {Tier.REGULAR: "", Tier.SILVER: "info", Tier.GOLD: "warning", Tier.VIP: "primary"}


@admin.register(Customer)
class CustomerAdmin(AuditedForms):
    """Phones are masked for whoever cannot change customers."""

    view_permission = Permission.COMMERCE_VIEW
    change_permission = Permission.COMMERCE_MANAGE
    list_display = ("name", "tier_badge", "masked", "city", "external_id", "member_since", "shop")
    list_filter = (("tier", ChoicesCheckboxFilter),)
    list_filter_submit = True
    list_select_related = ("shop",)
    search_fields = ("name", "external_id", "=phone")
    search_help_text = _("Name, number in the shop, or the whole phone number")
    ordering = ("shop", "external_id")

    def get_fields(self, request: HttpRequest, obj: Customer | None = None) -> tuple[str, ...]:
        phone = "phone" if self.has_change_permission(request, obj) else "masked"
        return ("shop", "external_id", "name", phone, "city", "tier", "member_since")

    @badge(_("tier"), ordering="tier")
    def tier_badge(self, customer: Customer) -> tuple[str, str]:
        return TIER_COLOUR[Tier(customer.tier)], customer.get_tier_display()

    @admin.display(description=_("phone"))
    def masked(self, customer: Customer) -> str:
        return customer.masked_phone
