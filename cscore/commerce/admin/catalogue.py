from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AllValuesCheckboxFilter

from cscore.accounts.guarded_admin import GuardedInline
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Product, Variant
from cscore.commerce.tenant_admin import AuditedForms


class VariantInline(GuardedInline):
    model = Variant
    view_permission = Permission.COMMERCE_VIEW
    change_permission = Permission.COMMERCE_MANAGE
    fields = ("sku", "name", "price", "stock")


@admin.register(Product)
class ProductAdmin(AuditedForms):
    view_permission = Permission.COMMERCE_VIEW
    change_permission = Permission.COMMERCE_MANAGE
    list_display = ("name", "sku", "category", "price", "shop")
    list_filter = (("category", AllValuesCheckboxFilter),)
    list_filter_submit = True
    list_select_related = ("shop",)
    search_fields = ("name", "sku", "variants__sku")
    search_help_text = _("Name or SKU")
    ordering = ("shop", "sku")
    fields = ("shop", "sku", "name", "category", "price", "description", "image")
    inlines = (VariantInline,)
