from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.models.shop import Shop
from cscore.commerce.tenancy import TenantQuerySet


class Tier(models.TextChoices):
    REGULAR = "regular", _("Regular")
    SILVER = "silver", _("Silver")
    GOLD = "gold", _("Gold")
    VIP = "vip", _("VIP")


class CustomerQuerySet(TenantQuerySet["Customer"]):
    pass


class Customer(models.Model):
    """A person known to the shop. Visitors without an account have none."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="customers", verbose_name=_("shop"))
    external_id = models.CharField(_("number in the shop"), max_length=60)
    name = models.CharField(_("name"), max_length=80)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier, default=Tier.REGULAR)
    member_since = models.DateField(_("member since"), null=True, blank=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [
            models.UniqueConstraint(fields=["shop", "external_id"], name="customer_once_per_shop"),
            models.CheckConstraint(name="customer_tier_is_known", condition=models.Q(tier__in=Tier.values)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        """The phone as people without need may see it: 138****8000."""
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 8 else ""
