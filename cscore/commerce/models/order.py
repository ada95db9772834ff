from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.models.catalogue import Variant
from cscore.commerce.models.customer import Customer
from cscore.commerce.models.shop import Shop
from cscore.commerce.tenancy import TenantQuerySet


class OrderStatus(models.TextChoices):
    PENDING_PAYMENT = "pending_payment", _("Waiting for payment")
    PAID = "paid", _("Paid")
    SHIPPED = "shipped", _("Shipped")
    DELIVERED = "delivered", _("Delivered")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")
    REFUNDING = "refunding", _("Refund under way")
    REFUNDED = "refunded", _("Refunded")


class ParcelStatus(models.TextChoices):
    COLLECTED = "collected", _("Collected")
    IN_TRANSIT = "in_transit", _("In transit")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    DELIVERED = "delivered", _("Delivered")
    EXCEPTION = "exception", _("Delayed or in trouble")


class OrderQuerySet(TenantQuerySet["Order"]):
    def newest_first(self) -> "OrderQuerySet":
        return self.order_by("-placed_at", "-pk")

    def with_contents(self) -> "OrderQuerySet":
        """With lines, their products, and parcels: two more queries however many orders."""
        lines = OrderLine.objects.select_related("variant__product").order_by("pk")
        parcels = Parcel.objects.order_by("pk")
        return self.prefetch_related(models.Prefetch("lines", lines)).prefetch_related(
            models.Prefetch("parcels", parcels)
        )


class Order(models.Model):
    """What a customer bought at one time."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="orders", verbose_name=_("shop"))
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="orders", verbose_name=_("customer"))
    number = models.CharField(_("number"), max_length=40)
    status = models.CharField(_("status"), max_length=20, choices=OrderStatus)
    placed_at = models.DateTimeField(_("placed at"))
    total = models.DecimalField(_("total (yuan)"), max_digits=12, decimal_places=2)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="order_once_per_shop"),
            models.CheckConstraint(
                name="order_status_is_known", condition=models.Q(status__in=OrderStatus.values)
            ),
        ]
        indexes = [models.Index(fields=["customer", "-placed_at"], name="order_by_customer")]

    def __str__(self) -> str:
        return self.number


class OrderLineQuerySet(TenantQuerySet["OrderLine"]):
    shop_path = "order__shop"


class OrderLine(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", verbose_name=_("order"))
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+", verbose_name=_("variant"))
    quantity = models.PositiveIntegerField(_("quantity"))
    price = models.DecimalField(_("price each (yuan)"), max_digits=10, decimal_places=2)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [
            models.CheckConstraint(name="order_line_has_goods", condition=models.Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.variant} x {self.quantity}"


class ParcelQuerySet(TenantQuerySet["Parcel"]):
    shop_path = "order__shop"


class Parcel(models.Model):
    """A parcel on its way. `events` is a list of {at, place, text}, newest first."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="parcels", verbose_name=_("order"))
    carrier = models.CharField(_("carrier"), max_length=40)
    tracking_number = models.CharField(_("tracking number"), max_length=40)
    status = models.CharField(_("status"), max_length=20, choices=ParcelStatus)
    events = models.JSONField(_("events"), default=list)
    updated_at = models.DateTimeField(_("last news"))

    objects = ParcelQuerySet.as_manager()

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        constraints = [
            models.UniqueConstraint(fields=["order", "tracking_number"], name="parcel_once_per_order"),
            models.CheckConstraint(
                name="parcel_status_is_known", condition=models.Q(status__in=ParcelStatus.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}"
