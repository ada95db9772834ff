"""After-sale tickets and everything that happened to them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cscore.commerce.models import Customer, Order, OrderLine, Shop
from cscore.commerce.tenancy import TenantQuerySet
from cscore.common.ids import uuid7
from tickets.rules import CLOCK_RUNS_IN, OPEN_STATES, EventVerb, Kind, Origin, Priority, State

__all__ = [
    "OPEN_STATES",
    "EventVerb",
    "Kind",
    "Origin",
    "Photo",
    "Priority",
    "State",
    "Ticket",
    "TicketCounter",
    "TicketEvent",
]


class TicketQuerySet(TenantQuerySet["Ticket"]):
    def still_open(self) -> "TicketQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def late(self, at: datetime) -> "TicketQuerySet":
        """Past the deadline while it is our turn (rules.is_late, in the database)."""
        return self.filter(state__in=CLOCK_RUNS_IN, due_at__lt=at)

    def most_urgent_first(self) -> "TicketQuerySet":
        return self.order_by("-priority", "due_at", "pk")


class Ticket(models.Model):
    """One after-sale case with a deadline. `origin_ref` is the conversation it came from, if any."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="tickets", verbose_name=_("shop"))
    number = models.CharField(_("number"), max_length=20)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.NEW)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("customer")
    )
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("order")
    )
    item = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    reason = models.CharField(_("reason"), max_length=500)
    origin = models.CharField(_("opened by"), max_length=10, choices=Origin, default=Origin.STAFF)
    origin_ref = models.CharField(_("conversation"), max_length=40, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    opened_at = models.DateTimeField(_("opened at"))
    due_at = models.DateTimeField(_("due"))
    solved_at = models.DateTimeField(_("solved at"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated at"))

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="ticket_once_per_shop"),
            models.CheckConstraint(name="ticket_state_is_known", condition=models.Q(state__in=State.values)),
            models.CheckConstraint(name="ticket_kind_is_known", condition=models.Q(kind__in=Kind.values)),
        ]
        indexes = [models.Index(fields=["shop", "state", "due_at"], name="ticket_queue")]

    def __str__(self) -> str:
        return self.number


class TicketEventQuerySet(TenantQuerySet["TicketEvent"]):
    shop_path = "ticket__shop"


class TicketEvent(models.Model):
    """Something that happened to a ticket. Notes are for staff only."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="events", verbose_name=_("ticket"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    verb = models.CharField(_("what"), max_length=10, choices=EventVerb)
    from_state = models.CharField(pgettext_lazy("state", "from"), max_length=20, choices=State, blank=True)
    to_state = models.CharField(pgettext_lazy("state", "to"), max_length=20, choices=State, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)

    objects = TicketEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket event")
        verbose_name_plural = _("ticket events")
        indexes = [models.Index(fields=["ticket", "at"], name="ticket_history")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.get_verb_display()}"


class TicketCounter(models.Model):
    """The last ticket number a shop has given, raised under a row lock."""

    shop = models.OneToOneField(Shop, models.CASCADE, related_name="+", verbose_name=_("shop"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("ticket counter")
        verbose_name_plural = _("ticket counters")

    def __str__(self) -> str:
        return str(self.last)


class PhotoQuerySet(TenantQuerySet["Photo"]):
    pass


class Photo(models.Model):
    """A customer's picture of a case, drawn anew by us from what was sent, without anything hidden in it.

    `origin_ref` is the conversation it was sent in; the ticket is named once there is one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="photos", verbose_name=_("shop"))
    ticket = models.ForeignKey(
        Ticket, models.CASCADE, null=True, blank=True, related_name="photos", verbose_name=_("ticket")
    )
    origin_ref = models.CharField(_("conversation"), max_length=40)
    data = models.BinaryField(_("data"))
    width = models.PositiveIntegerField(_("width (pixels)"))
    height = models.PositiveIntegerField(_("height (pixels)"))
    at = models.DateTimeField(_("at"))

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = [models.Index(fields=["origin_ref"], name="photo_by_origin")]

    def __str__(self) -> str:
        return f"{self.width} x {self.height}"
