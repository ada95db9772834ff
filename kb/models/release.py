"""The releases in which versions went live, what was trained of them, and who serves them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.models import Shop
from cscore.commerce.tenancy import TenantQuerySet
from kb.matching import ANSWER_PRECISION, OFFER_PRECISION
from kb.models.article import Article, ArticleVersion
from kb.rules import LEAST_PRECISION, MOST_PRECISION


class KnowledgeBaseQuerySet(TenantQuerySet["KnowledgeBase"]):
    pass


class KnowledgeBase(models.Model):
    """One row per shop: the release that every process must answer from, and the newest one trained.

    Whoever writes articles or releases of the shop locks this row first.
    """

    shop = models.OneToOneField(Shop, models.CASCADE, related_name="knowledge_base", verbose_name=_("shop"))
    release = models.PositiveIntegerField(_("release"), default=0)
    trained_release = models.PositiveIntegerField(_("trained up to release"), default=0)
    trained_at = models.DateTimeField(_("trained at"), null=True, editable=False)
    asked_answer = models.FloatField(_("answers right"), default=ANSWER_PRECISION)
    asked_offer = models.FloatField(_("offers with the right question"), default=OFFER_PRECISION)

    two_people = models.BooleanField(
        _("two-person rule"),
        default=False,
        help_text=_("Whoever wrote a version may not approve it, and only approved versions go live."),
    )
    review_days = models.PositiveSmallIntegerField(
        _("look at articles again after"),
        default=180,
        help_text=_("Days after an article went live or was confirmed. 0: articles never grow stale."),
    )

    objects = KnowledgeBaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("knowledge base")
        verbose_name_plural = _("knowledge bases")
        constraints = [
            models.CheckConstraint(
                name=f"{name}_is_a_precision",
                condition=models.Q(
                    (f"{name}__gte", LEAST_PRECISION),
                    (f"{name}__lte", MOST_PRECISION),
                ),
            )
            for name in ("asked_answer", "asked_offer")
        ]

    def __str__(self) -> str:
        return f"{self.shop.name} r{self.release}"


class ReleaseVerb(models.TextChoices):
    PUBLISH = "publish", _("published")
    WITHDRAW = "withdraw", _("withdrawn")
    UNDO = "undo", _("undone")


class ReleaseQuerySet(TenantQuerySet["Release"]):
    pass


class Release(models.Model):
    """One change of what customers are told: which article went to which version (none: withdrawn)."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="releases", verbose_name=_("shop"))
    number = models.PositiveIntegerField(_("number"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="releases", verbose_name=_("article"))
    version = models.ForeignKey(
        ArticleVersion, models.PROTECT, null=True, related_name="releases", verbose_name=_("version")
    )
    verb = models.CharField(_("what"), max_length=10, choices=ReleaseVerb)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    despite = models.CharField(_("why in spite of golden questions"), max_length=500, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            # A bulk publish is one release of several articles.
            models.UniqueConstraint(fields=["shop", "number", "article"], name="release_once_per_article"),
        ]

    def __str__(self) -> str:
        return f"r{self.number}"


class MatcherArtefact(models.Model):
    """A trained matcher (npz + json, see kb.matching) that every process loads for its release."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="matchers", verbose_name=_("shop"))
    release = models.PositiveIntegerField(_("release"))
    data = models.BinaryField(_("data"))
    report = models.JSONField(_("report"), default=dict)
    trained_at = models.DateTimeField(_("trained at"))

    class Meta:
        verbose_name = _("trained matcher")
        verbose_name_plural = _("trained matchers")
        constraints = [models.UniqueConstraint(fields=["shop", "release"], name="matcher_once_per_release")]

    def __str__(self) -> str:
        return f"{self.shop.name} r{self.release}"


class TrialTrainingQuerySet(TenantQuerySet["TrialTraining"]):
    shop_path = "version__article__shop"


class TrialTraining(models.Model):
    """What a training would find of itself with a draft live, beside the same without it; reports as MatcherArtefact's.

    `release` is what was live; a later release makes it old. Without `finished_at` it is under way.
    """

    version = models.OneToOneField(
        ArticleVersion, models.CASCADE, related_name="trial_training", verbose_name=_("draft")
    )
    release = models.PositiveIntegerField(_("beside release"))
    before = models.JSONField(_("as it is live"), default=dict)
    after = models.JSONField(_("with the draft"), default=dict)
    asked_at = models.DateTimeField(_("asked at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = TrialTrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial training")
        verbose_name_plural = _("trial trainings")

    def __str__(self) -> str:
        return f"{self.version} r{self.release}"


class ServingProcessQuerySet(TenantQuerySet["ServingProcess"]):
    pass


class ServingProcess(models.Model):
    """A web process and the release of one shop that it answers from; `process` is a new id at each start."""

    process = models.UUIDField(_("process"))
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="serving", verbose_name=_("shop"))
    release = models.PositiveIntegerField(_("release"))
    live_at = models.DateTimeField(_("live at"))
    seen_at = models.DateTimeField(_("last heard of"))

    objects = ServingProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("serving process")
        verbose_name_plural = _("serving processes")
        constraints = [
            models.UniqueConstraint(fields=["process", "shop"], name="serving_once_per_process"),
        ]

    def __str__(self) -> str:
        return f"{self.process} r{self.release}"
