"""Articles, their immutable versions, and the releases in which versions went live."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.models import Shop
from cscore.commerce.tenancy import TenantQuerySet
from kb.matching import ANSWER_PRECISION, OFFER_PRECISION
from kb.rules import LEAST_PRECISION, MOST_PRECISION


class PlainJSON(json.JSONEncoder):
    """Leaves characters as they are, so that a text search finds them inside JSON."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False})


class CategoryQuerySet(TenantQuerySet["Category"]):
    pass


class Category(models.Model):
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="categories", verbose_name=_("shop"))
    name = models.CharField(_("name"), max_length=60)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="category_once_per_shop")]

    def __str__(self) -> str:
        return self.name


class ArticleState(models.TextChoices):
    LIVE = "live", _("Live")
    CHANGED = "changed", _("Changed")
    DRAFT = "draft", _("Draft")


class ArticleQuerySet(TenantQuerySet["Article"]):
    def live(self) -> "ArticleQuerySet":
        return self.filter(live_version__isnull=False)

    def in_state(self, state: str) -> "ArticleQuerySet":
        if state == ArticleState.DRAFT:
            return self.filter(live_version__isnull=True)
        newest_is_live = models.Q(live_version=models.F("latest_version"))
        return self.live().filter(newest_is_live if state == ArticleState.LIVE else ~newest_is_live)


class Article(models.Model):
    """One question that customers ask. Its text lives in versions; publishing moves `live_version`."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="articles", verbose_name=_("shop"))
    key = models.CharField(_("key"), max_length=60, help_text=_("Stays the same in imports and exports."))
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("category")
    )
    latest_version = models.ForeignKey(
        "ArticleVersion",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("latest version"),
    )
    live_version = models.ForeignKey(
        "ArticleVersion",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("live version"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    updated_at = models.DateTimeField(_("updated at"), editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(fields=["shop", "key"], name="article_once_per_shop"),
            models.CheckConstraint(
                name="article_live_since_when",
                condition=models.Q(live_version__isnull=True, published_at__isnull=True)
                | models.Q(live_version__isnull=False, published_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["shop", "-updated_at"], name="article_by_shop")]

    def __str__(self) -> str:
        return self.latest_version.question if self.latest_version else self.key

    @property
    def is_live(self) -> bool:
        return self.live_version_id is not None

    @property
    def has_unpublished_changes(self) -> bool:
        return self.live_version_id != self.latest_version_id

    @property
    def state(self) -> ArticleState:
        if not self.is_live:
            return ArticleState.DRAFT
        return ArticleState.CHANGED if self.has_unpublished_changes else ArticleState.LIVE


class ArticleVersionQuerySet(TenantQuerySet["ArticleVersion"]):
    shop_path = "article__shop"


class ArticleVersion(models.Model):
    """What an article said at one time. Never edited: a change is a new version."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))
    question = models.CharField(_("standard question"), max_length=256)
    phrasings = models.JSONField(_("phrasings"), default=list, encoder=PlainJSON)
    answer = models.TextField(_("answer"), max_length=4000)
    findings = models.JSONField(_("wording findings"), default=list, encoder=PlainJSON)
    created_at = models.DateTimeField(_("written at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="version_once_per_article")]
        indexes = [models.Index(fields=["question"], name="version_by_question")]

    def __str__(self) -> str:
        return f"{self.question} (v{self.number})"


class KnowledgeBaseQuerySet(TenantQuerySet["KnowledgeBase"]):
    pass


class KnowledgeBase(models.Model):
    """One row per shop: the release that every process must answer from, and the newest one trained.

    Whoever writes articles or releases of the shop locks this row first.
    """

    shop = models.OneToOneField(Shop, models.CASCADE, related_name="knowledge_base", verbose_name=_("shop"))
    release = models.PositiveIntegerField(_("release"), default=0)
    trained_release = models.PositiveIntegerField(_("trained up to release"), default=0)
    asked_answer = models.FloatField(_("answers right"), default=ANSWER_PRECISION)
    asked_offer = models.FloatField(_("offers with the right question"), default=OFFER_PRECISION)

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
