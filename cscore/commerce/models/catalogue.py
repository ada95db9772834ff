from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.models.shop import Shop
from cscore.commerce.tenancy import TenantQuerySet


class ProductQuerySet(TenantQuerySet["Product"]):
    pass


class Product(models.Model):
    """Something the shop sells; what is bought is one of its variants."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="products", verbose_name=_("shop"))
    sku = models.CharField(_("SKU"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    category = models.CharField(_("category"), max_length=60, blank=True)
    description = models.TextField(_("description"), blank=True)
    price = models.DecimalField(_("price (yuan)"), max_digits=10, decimal_places=2)
    image = models.CharField(_("picture"), max_length=200, blank=True)
    page = models.CharField(_("page in the shop"), max_length=300, blank=True)
    ships_within_hours = models.PositiveSmallIntegerField(
        _("ships within (hours)"), null=True, blank=True, help_text=_("After payment.")
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [
            models.UniqueConstraint(fields=["shop", "sku"], name="product_once_per_shop"),
            models.CheckConstraint(name="product_price_not_negative", condition=models.Q(price__gte=0)),
        ]

    def __str__(self) -> str:
        return self.name


class VariantQuerySet(TenantQuerySet["Variant"]):
    shop_path = "product__shop"


class Variant(models.Model):
    """A colour, size or set of a product, with its own stock."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="variants", verbose_name=_("product"))
    sku = models.CharField(_("SKU"), max_length=40)
    name = models.CharField(_("variant"), max_length=80)
    price = models.DecimalField(_("price (yuan)"), max_digits=10, decimal_places=2)
    stock = models.PositiveIntegerField(_("in stock"), default=0)

    objects = VariantQuerySet.as_manager()

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        constraints = [models.UniqueConstraint(fields=["product", "sku"], name="variant_once_per_product")]

    def __str__(self) -> str:
        return f"{self.product.name} {self.name}"
