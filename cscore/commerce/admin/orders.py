from datetime import datetime

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesCheckboxFilter, RangeDateFilter

from cscore.accounts.guarded_admin import GuardedInline, badge
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Order, OrderLine, OrderStatus, Parcel
from cscore.commerce.tenant_admin import TenantAdmin

ORDER_COLOUR = {
    OrderStatus.PENDING_PAYMENT: "warning",
    OrderStatus.PAID: "info",
    OrderStatus.SHIPPED: "info",
    OrderStatus.DELIVERED: "success",
    OrderStatus.COMPLETED: "success",
    OrderStatus.CANCELLED: "",
    OrderStatus.REFUNDING: "warning",
    OrderStatus.REFUNDED: "",
}


class LineInline(GuardedInline):
    model = OrderLine
    view_permission = Permission.COMMERCE_VIEW
    fields = ("variant", "quantity", "price")
    readonly_fields = fields
    show_change_link = False


class ParcelInline(GuardedInline):
    model = Parcel
    view_permission = Permission.COMMERCE_VIEW
    fields = ("carrier", "tracking_number", "status", "news", "updated_at")
    readonly_fields = fields

    @admin.display(description=_("events"))
    def news(self, parcel: Parcel) -> str:
        return format_html_join(
            "",
            '<div class="leading-relaxed">{} {} {}</div>',
            ((_when(event["at"]), event["place"], event["text"]) for event in parcel.events),
        )


@admin.register(Order)
class OrderAdmin(TenantAdmin):
    """Orders come from the shop and are only read here."""

    view_permission = Permission.COMMERCE_VIEW
    may_add = False
    list_display = ("number", "customer", "status_badge", "total", "placed_at", "shop")
    list_filter = (("status", ChoicesCheckboxFilter), ("placed_at", RangeDateFilter))
    list_filter_submit = True
    list_select_related = ("customer", "shop")
    search_fields = ("number", "customer__name", "customer__external_id", "parcels__tracking_number")
    search_help_text = _("Order, tracking number or customer")
    ordering = ("-placed_at", "-pk")
    fields = ("number", "shop", "customer", "status", "placed_at", "total")
    readonly_fields = fields
    inlines = (LineInline, ParcelInline)

    @badge(_("status"), ordering="status")
    def status_badge(self, order: Order) -> tuple[str, str]:
        return ORDER_COLOUR[OrderStatus(order.status)], order.get_status_display()


def _when(moment: str) -> str:
    return date_format(localtime(datetime.fromisoformat(moment)), "SHORT_DATETIME_FORMAT")
