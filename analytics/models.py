"""What a shop assumes about its costs, and how it wants its team to be staffed."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from analytics.savings.names import CostInput
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import TenantQuerySet


def _from(low: float, high: float) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(low), MaxValueValidator(high)]


class CostAssumptionQuerySet(TenantQuerySet["CostAssumption"]):
    pass


class CostAssumption(models.Model):
    """One cost input of a shop as three cases; `low` is the one that saves least. Shares run from 0 to 1."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="cost_assumptions", verbose_name=_("shop"))
    name = models.CharField(_("name"), max_length=30, choices=CostInput)
    low = models.FloatField(_("cautious"))
    expected = models.FloatField(_("expected"))
    high = models.FloatField(_("optimistic"))
    note = models.CharField(_("source"), max_length=200, blank=True)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("set by"),
    )

    objects = CostAssumptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost input")
        verbose_name_plural = _("cost inputs")
        constraints = [
            models.UniqueConstraint(fields=["shop", "name"], name="cost_assumption_once_per_shop"),
            models.CheckConstraint(
                name="cost_assumption_is_known", condition=models.Q(name__in=CostInput.values)
            ),
            models.CheckConstraint(
                name="cost_assumption_in_order",
                condition=models.Q(low__lte=models.F("expected"), expected__lte=models.F("high"))
                | models.Q(high__lte=models.F("expected"), expected__lte=models.F("low")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_name_display()


class StaffingPolicyQuerySet(TenantQuerySet["StaffingPolicy"]):
    pass


class StaffingPolicy(models.Model):
    """How a shop wants its team staffed: promises, hours, and the work in a chat. Shares run from 0 to 1.

    The meaning of each figure: analytics.staffing (Targets, ChatWork, Policy). People are on duty from
    `opens_at` until `closes_at` (hours of the shop's day); at other times the AI is alone.
    """

    shop = models.OneToOneField(Shop, models.CASCADE, related_name="staffing_policy", verbose_name=_("shop"))
    service_level = models.FloatField(
        _("taken in time"), default=0.80, validators=_from(0, 0.999), help_text=_("Share of customers.")
    )
    within_seconds = models.FloatField(
        _("in time means within (seconds)"), default=30, validators=_from(0, 3600)
    )
    abandonment = models.FloatField(_("may give up, at most"), default=0.05, validators=_from(0.0001, 1))
    occupancy = models.FloatField(_("agents busy, at most"), default=0.85, validators=_from(0.01, 1))
    reply_target = models.FloatField(
        _("mean reply inside a chat, at most (seconds)"), default=45, validators=_from(1, 3600)
    )
    chats_at_a_time = models.PositiveSmallIntegerField(
        _("chats at a time, at most"), default=5, validators=_from(1, 20)
    )
    reply_seconds = models.FloatField(
        _("work for one reply (seconds)"),
        default=25,
        validators=_from(1, 3600),
        help_text=_("Reading, looking up and writing, without waiting."),
    )
    customer_seconds = models.FloatField(
        _("until the customer writes again (seconds)"), default=60, validators=_from(0, 3600)
    )
    replies_per_chat = models.FloatField(_("replies in a chat"), default=6, validators=_from(0.1, 200))
    patience_seconds = models.FloatField(
        _("patience while waiting (seconds)"),
        default=180,
        validators=_from(1, 7200),
        help_text=_("How long customers wait on average before they give up; an assumption."),
    )
    shrinkage = models.FloatField(
        _("shrinkage"),
        default=0.30,
        validators=_from(0, 0.9),
        help_text=_("Paid time that is not spent with customers: breaks, leave, training."),
    )
    opens_at = models.PositiveSmallIntegerField(_("people from (hour)"), default=8, validators=_from(0, 23))
    closes_at = models.PositiveSmallIntegerField(
        _("people until (hour)"), default=24, validators=_from(1, 24)
    )
    at_least = models.PositiveSmallIntegerField(
        _("agents on duty, at least"), default=1, validators=_from(0, 100)
    )
    weekly_hours = models.FloatField(
        _("paid hours of one person a week"), default=40, validators=_from(1, 84)
    )
    set_at = models.DateTimeField(_("set at"), editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("set by"),
    )

    objects = StaffingPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("staffing policy")
        verbose_name_plural = _("staffing policies")
        constraints = [
            models.CheckConstraint(
                name="staffing_policy_opens_before_it_closes",
                condition=models.Q(opens_at__lt=models.F("closes_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.shop.name
