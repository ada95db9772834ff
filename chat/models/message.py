"""Messages, the bot's reasons for its own, and notes that customers never see."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.models.conversation import Conversation
from cscore.commerce.tenancy import TenantQuerySet
from cscore.common.ids import uuid7
from kb.models import ArticleVersion


class Author(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    BOT = "bot", _("Bot")
    AGENT = "agent", _("Agent")
    SYSTEM = "system", _("System")


class MessageQuerySet(TenantQuerySet["Message"]):
    shop_path = "conversation__shop"

    def after(self, seq: int) -> "MessageQuerySet":
        return self.filter(seq__gt=seq).order_by("seq")


class Message(models.Model):
    """What was said. `seq` counts from 1 without holes in its conversation and alone decides order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="messages", verbose_name=_("conversation")
    )
    seq = models.PositiveIntegerField(_("number"))
    author = models.CharField(_("author"), max_length=10, choices=Author)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agent"),
    )
    sender_key = models.CharField(_("sender"), max_length=40)
    client_id = models.UUIDField(_("sender's id"), null=True, blank=True)
    body = models.TextField(_("text"), max_length=4000)
    body_hash = models.CharField(_("hash of what was sent"), max_length=64)
    parts = models.JSONField(_("cards"), default=list)
    article_version = models.ForeignKey(
        ArticleVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("answered from"),
    )
    reply_seconds = models.FloatField(_("seconds to reply"), null=True, blank=True)
    at = models.DateTimeField(_("at"))

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq_once"),
            models.UniqueConstraint(
                fields=["conversation", "sender_key", "client_id"], name="message_sent_once"
            ),
            models.CheckConstraint(
                name="message_author_is_known", condition=models.Q(author__in=Author.values)
            ),
        ]
        indexes = [models.Index(fields=["at"], name="message_by_time")]

    def __str__(self) -> str:
        return self.body[:40]


class BotTurnQuerySet(TenantQuerySet["BotTurn"]):
    shop_path = "message__conversation__shop"


class BotTurn(models.Model):
    """Why the bot said what it said: candidates, confidence, thresholds and release of one turn."""

    message = models.OneToOneField(
        Message, models.CASCADE, related_name="bot_turn", verbose_name=_("question")
    )
    reply = models.OneToOneField(
        Message, models.CASCADE, null=True, related_name="answers", verbose_name=_("reply")
    )
    step = models.CharField(_("step"), max_length=30)
    decision = models.CharField(_("decision"), max_length=20)
    method = models.CharField(_("method"), max_length=20, blank=True)
    candidates = models.JSONField(_("candidates"), default=list)
    thresholds = models.JSONField(_("thresholds"), default=dict)
    release = models.PositiveIntegerField(_("release"), default=0)
    # Of several questions in one message, each with what became of it: text, step, article, confidence.
    questions = models.JSONField(_("questions"), default=list)
    # Whether a language model found the words ("worded"), or why its words were not used; empty when none was asked.
    wording = models.CharField(_("wording"), max_length=20, blank=True)

    objects = BotTurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("bot turn")
        verbose_name_plural = _("bot turns")

    def __str__(self) -> str:
        return f"{self.step}: {self.decision}"


class NoteQuerySet(TenantQuerySet["Note"]):
    shop_path = "conversation__shop"


class Note(models.Model):
    """A remark among staff. In a table of its own, so that no query for customers can ever return one."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="notes", verbose_name=_("conversation")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    client_id = models.UUIDField(_("sender's id"))
    body = models.TextField(_("text"), max_length=4000)
    at = models.DateTimeField(_("at"))

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "by", "client_id"], name="note_sent_once"),
        ]

    def __str__(self) -> str:
        return self.body[:40]
