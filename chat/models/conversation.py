"""Visitors, their conversations, and the moments in which the bot handed over."""

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cscore.commerce.models import Channel, Customer, Shop
from cscore.commerce.tenancy import TenantQuerySet
from cscore.common.ids import uuid7
from tickets.models import Ticket


class Visitor(models.Model):
    """A browser that talks to one shop. Only the hash of its token is kept."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="visitors", verbose_name=_("shop"))
    token_hash = models.CharField(_("token hash"), max_length=64, unique=True)
    former_hash = models.CharField(
        _("token hash before signing in"), max_length=64, blank=True, db_index=True
    )
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="visitors", verbose_name=_("customer")
    )
    created_at = models.DateTimeField(_("first seen"))
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("visitor")
        verbose_name_plural = _("visitors")

    def __str__(self) -> str:
        return str(self.customer) if self.customer else f"#{self.pk}"


class State(models.TextChoices):
    BOT = "bot", _("With the bot")
    WAITING = "waiting", _("Waiting for a person")
    HUMAN = "human", _("With an agent")
    CLOSED = "closed", pgettext_lazy("conversation", "Closed")


class HandOffReason(models.TextChoices):
    CUSTOMER_REQUEST = "customer_request", _("The customer asked for a person")
    MISSING_KNOWLEDGE = "missing_knowledge", _("The bot did not know")
    NEGATIVE_EMOTION = "negative_emotion", _("The customer is upset")
    NO_PROGRESS = "no_progress", _("The same question again")
    AFTER_SALE = "after_sale", _("An after-sale case needs a person")
    TOOL_FAILURE = "tool_failure", _("Something the bot needs did not work")
    FOLLOW_UP = "follow_up", _("Answered, and a person is to see to it")


class ConversationQuerySet(TenantQuerySet["Conversation"]):
    def waiting(self) -> "ConversationQuerySet":
        return self.filter(state=State.WAITING)

    def not_closed(self) -> "ConversationQuerySet":
        return self.exclude(state=State.CLOSED)


class Conversation(models.Model):
    """One visit of one customer, from hello to goodbye. `last_seq` is the number of its last message."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="conversations", verbose_name=_("shop"))
    visitor = models.ForeignKey(
        Visitor, models.CASCADE, related_name="conversations", verbose_name=_("visitor")
    )
    customer = models.ForeignKey(
        Customer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="conversations",
        verbose_name=_("customer"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.BOT)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conversations",
        verbose_name=_("agent"),
    )
    last_seq = models.PositiveIntegerField(_("messages"), default=0)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.WEB)
    locale = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    page = models.JSONField(_("page"), default=dict)
    bot_memory = models.JSONField(_("what the bot keeps in mind"), default=dict)
    opened_at = models.DateTimeField(_("opened at"))
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    unanswered_since = models.DateTimeField(_("unanswered since"), null=True, blank=True)
    active_at = models.DateTimeField(_("last message at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    rated_at = models.DateTimeField(_("rated at"), null=True, blank=True)
    tickets = models.ManyToManyField(
        Ticket, related_name="conversations", blank=True, verbose_name=_("tickets")
    )

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.CheckConstraint(
                name="conversation_state_is_known", condition=models.Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="conversation_human_has_agent",
                condition=~models.Q(state="human") | models.Q(agent__isnull=False),
            ),
            models.CheckConstraint(
                name="conversation_waiting_since_when",
                condition=~models.Q(state="waiting") | models.Q(waiting_since__isnull=False),
            ),
            models.CheckConstraint(
                name="conversation_stars_one_to_five",
                condition=models.Q(stars__isnull=True) | models.Q(stars__range=(1, 5)),
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "state", "waiting_since"], name="conversation_queue"),
            models.Index(fields=["shop", "-opened_at"], name="conversation_by_shop"),
            models.Index(fields=["agent", "state"], name="conversation_by_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.customer or self.number} {localtime(self.opened_at):%Y-%m-%d %H:%M}"

    @property
    def number(self) -> str:
        """The short name that people use: the end of the id, which is random."""
        return str(self.pk)[-8:].upper()


class HandOffQuerySet(TenantQuerySet["HandOff"]):
    shop_path = "conversation__shop"


class HandOff(models.Model):
    """The moment the bot gave a conversation to people, and why."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="handoffs", verbose_name=_("conversation")
    )
    at = models.DateTimeField(_("at"))
    reason = models.CharField(_("reason"), max_length=20, choices=HandOffReason)
    question = models.CharField(_("last question"), max_length=500, blank=True)

    objects = HandOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        indexes = [models.Index(fields=["conversation", "at"], name="handoff_by_conversation")]

    def __str__(self) -> str:
        return self.get_reason_display()
