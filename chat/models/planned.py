"""Replies that are decided and not said yet, because a language model may still find better words for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.models.conversation import Conversation
from chat.models.message import Message
from cscore.commerce.tenancy import TenantQuerySet
from kb.models import ArticleVersion


class PlannedReplyQuerySet(TenantQuerySet["PlannedReply"]):
    shop_path = "conversation__shop"


class PlannedReply(models.Model):
    """What the bot says, in plain words, unless better ones come in time. Whoever deletes the row says it: once.

    A conversation has at most one: its customer's next message finds the answer to the one before said.
    """

    conversation = models.OneToOneField(
        Conversation,
        models.CASCADE,
        primary_key=True,
        related_name="planned_reply",
        verbose_name=_("conversation"),
    )
    question = models.OneToOneField(
        Message, models.CASCADE, related_name="planned_reply", verbose_name=_("question")
    )
    body = models.TextField(_("text"), max_length=4000)
    parts = models.JSONField(_("cards"), default=list)
    article_version = models.ForeignKey(
        ArticleVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("answered from")
    )
    due_at = models.DateTimeField(_("said at the latest"))

    objects = PlannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned reply")
        verbose_name_plural = _("planned replies")
        indexes = [models.Index(fields=["due_at"], name="planned_reply_due")]

    def __str__(self) -> str:
        return self.body[:40]
