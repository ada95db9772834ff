"""What conversations teach: thumbs, replays of past questions, gaps, recalls, and what a shop's anger looks like."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.models.conversation import Conversation
from chat.models.message import Message
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import TenantQuerySet
from cscore.language.displeasure import Seen
from kb.models import Article, ArticleVersion, PlainJSON
from tickets.models import Ticket


class ThumbQuerySet(TenantQuerySet["Thumb"]):
    shop_path = "question__conversation__shop"


class Thumb(models.Model):
    """Somebody's verdict on an article as the answer to one question; the last verdict of each voter counts."""

    question = models.ForeignKey(Message, models.CASCADE, related_name="thumbs", verbose_name=_("question"))
    version = models.ForeignKey(
        ArticleVersion, models.PROTECT, related_name="thumbs", verbose_name=_("answered from")
    )
    up = models.BooleanField(_("right answer"))
    confidence = models.FloatField(_("confidence then"), null=True)
    voter_key = models.CharField(_("voter"), max_length=40)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("agent")
    )
    at = models.DateTimeField(_("at"))

    objects = ThumbQuerySet.as_manager()

    class Meta:
        verbose_name = _("thumb")
        verbose_name_plural = _("thumbs")
        constraints = [
            models.UniqueConstraint(fields=["question", "version", "voter_key"], name="thumb_once_per_voter"),
        ]
        indexes = [models.Index(fields=["at"], name="thumb_by_time")]

    def __str__(self) -> str:
        return f"{self.version}: {'+' if self.up else '-'}"


class JobState(models.TextChoices):
    QUEUED = "queued", _("Waiting to begin")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class ReplayQuerySet(TenantQuerySet["Replay"]):
    pass


class Replay(models.Model):
    """The shop's past questions asked of drafts and of what is live, side by side.

    `versions` are the ids of the drafts; `result` holds the counts and the rows that differ (chat.learning says how).
    """

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="replays", verbose_name=_("shop"))
    versions = models.JSONField(_("drafts"), default=list)
    release = models.PositiveIntegerField(_("beside release"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(_("questions asked"), default=0)
    total = models.PositiveIntegerField(_("questions"), default=0)
    result = models.JSONField(_("result"), default=dict, encoder=PlainJSON)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = ReplayQuerySet.as_manager()

    class Meta:
        verbose_name = _("replay")
        verbose_name_plural = _("replays")
        indexes = [models.Index(fields=["shop", "-asked_at"], name="replay_by_shop")]

    def __str__(self) -> str:
        return f"{self.shop}: {self.get_state_display()}"


class GapState(models.TextChoices):
    OPEN = "open", _("Open")
    DRAFTED = "drafted", _("A draft was made")
    ADDED = "added", _("Added as a phrasing")
    DISMISSED = "dismissed", _("Dismissed")


class GapQuerySet(TenantQuerySet["Gap"]):
    pass


class Gap(models.Model):
    """Questions of one kind that the knowledge does not answer well; `messages` names the questions it was made of."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="gaps", verbose_name=_("shop"))
    question = models.CharField(_("question"), max_length=256)
    state = models.CharField(_("state"), max_length=10, choices=GapState, default=GapState.OPEN)
    count = models.PositiveIntegerField(_("times asked"), default=0)
    customers = models.PositiveIntegerField(_("customers"), default=0)
    minutes = models.FloatField(_("agent minutes"), default=0)
    reasons = models.JSONField(_("reasons"), default=dict)
    examples = models.JSONField(_("examples"), default=list, encoder=PlainJSON)
    replies = models.JSONField(_("best human replies"), default=list, encoder=PlainJSON)
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="gaps", verbose_name=_("article")
    )
    first_at = models.DateTimeField(_("first asked"))
    last_at = models.DateTimeField(_("last asked"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        indexes = [models.Index(fields=["shop", "state", "-minutes"], name="gap_by_worth")]

    def __str__(self) -> str:
        return self.question


class GapQuestionQuerySet(TenantQuerySet["GapQuestion"]):
    shop_path = "gap__shop"


class GapQuestion(models.Model):
    """One customer's question inside a gap."""

    gap = models.ForeignKey(Gap, models.CASCADE, related_name="questions", verbose_name=_("gap"))
    message = models.OneToOneField(
        Message, models.CASCADE, related_name="gap_question", verbose_name=_("question")
    )
    reason = models.CharField(_("reason"), max_length=20)
    minutes = models.FloatField(_("agent minutes"), default=0)

    objects = GapQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of a gap")
        verbose_name_plural = _("questions of a gap")

    def __str__(self) -> str:
        return str(self.message)


class RecallQuerySet(TenantQuerySet["Recall"]):
    shop_path = "version__article__shop"


class Recall(models.Model):
    """A wrong version taken back from those who were told it: by a message to each, or a ticket for each."""

    version = models.ForeignKey(
        ArticleVersion, models.PROTECT, related_name="recalls", verbose_name=_("version")
    )
    told_from = models.DateTimeField(_("told from"))
    told_until = models.DateTimeField(_("told until"))
    body = models.TextField(_("correction"), max_length=4000)
    with_tickets = models.BooleanField(_("a ticket for each"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    total = models.PositiveIntegerField(_("conversations to correct"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = RecallQuerySet.as_manager()

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")
        indexes = [models.Index(fields=["version", "-at"], name="recall_by_version")]

    def __str__(self) -> str:
        return str(self.version)


class CorrectionQuerySet(TenantQuerySet["Correction"]):
    shop_path = "recall__version__article__shop"


class Correction(models.Model):
    """What one conversation was told, or the ticket opened for it, in a recall. Once per conversation."""

    recall = models.ForeignKey(Recall, models.CASCADE, related_name="corrections", verbose_name=_("recall"))
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="corrections", verbose_name=_("conversation")
    )
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, related_name="+", verbose_name=_("message")
    )
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, related_name="+", verbose_name=_("ticket"))
    at = models.DateTimeField(_("at"))

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.UniqueConstraint(fields=["recall", "conversation"], name="correction_once"),
        ]

    def __str__(self) -> str:
        return f"{self.recall} {self.conversation}"


class BotSettingsQuerySet(TenantQuerySet["BotSettings"]):
    pass


class BotSettings(models.Model):
    """How one shop wants its bot to be; the address and key of a language model are the server's, not the shop's."""

    shop = models.OneToOneField(Shop, models.CASCADE, related_name="bot_settings", verbose_name=_("shop"))
    language_model = models.BooleanField(
        _("let a language model put published answers into words"), default=False
    )
    upset_per_hour = models.PositiveSmallIntegerField(
        _("upset customers that senior agents can take an hour"),
        null=True,
        blank=True,
        help_text=_("Left empty, the threshold is the one we measured."),
    )
    upset_threshold = models.FloatField(_("threshold of displeasure"), null=True, editable=False)
    upset_seen = models.JSONField(_("displeasure seen of late"), default=dict, editable=False)

    objects = BotSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("settings of the bot")
        verbose_name_plural = _("settings of the bot")

    def __str__(self) -> str:
        return str(self.shop)

    @property
    def seen(self) -> Seen | None:
        """How displeased customers sounded in the last weeks; None before the first lesson."""
        if not self.upset_seen:
            return None
        return Seen(self.upset_seen["chats"], self.upset_seen["hours"], tuple(self.upset_seen["reached"]))


class DispleasureLessonQuerySet(TenantQuerySet["DispleasureLesson"]):
    pass


class DispleasureLesson(models.Model):
    """The displeasure model as a shop's own rated chats shaped it (npz, see cscore.language.displeasure)."""

    shop = models.OneToOneField(
        Shop, models.CASCADE, related_name="displeasure_lesson", verbose_name=_("shop")
    )
    data = models.BinaryField(_("data"))
    report = models.JSONField(_("report"), default=dict)
    chats = models.PositiveIntegerField(_("rated chats"), default=0)
    trained_at = models.DateTimeField(_("trained at"))

    objects = DispleasureLessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson in displeasure")
        verbose_name_plural = _("lessons in displeasure")

    def __str__(self) -> str:
        return str(self.shop)
