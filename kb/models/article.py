"""Articles and their immutable versions."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.models import Shop
from cscore.commerce.tenancy import TenantQuerySet


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


class ReviewState(models.TextChoices):
    """Where the latest version stands between its author and customers; every new version begins as a draft."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")


class ArticleQuerySet(TenantQuerySet["Article"]):
    def live(self) -> "ArticleQuerySet":
        return self.filter(live_version__isnull=False)

    def archived(self) -> "ArticleQuerySet":
        return self.filter(archived_at__isnull=False)

    def in_use(self) -> "ArticleQuerySet":
        """Those that are not archived."""
        return self.filter(archived_at__isnull=True)

    def planned(self) -> "ArticleQuerySet":
        return self.filter(models.Q(publish_at__isnull=False) | models.Q(withdraw_at__isnull=False))

    def due(self, at: datetime) -> "ArticleQuerySet":
        """Those whose plan is to be carried out by now."""
        return self.filter(models.Q(publish_at__lte=at) | models.Q(withdraw_at__lte=at))

    def stale(self, day: date) -> "ArticleQuerySet":
        """Those that somebody must look at again."""
        return self.in_use().filter(review_after__lte=day)

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
    review_state = models.CharField(
        _("review"), max_length=10, choices=ReviewState, default=ReviewState.DRAFT, editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who is told when the article must be looked at again."),
    )
    review_after = models.DateField(_("look at it again on"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("last reviewed"), null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    planned_version = models.ForeignKey(
        "ArticleVersion",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("version to publish"),
    )
    publish_at = models.DateTimeField(_("publish at"), null=True, editable=False)
    withdraw_at = models.DateTimeField(_("withdraw at"), null=True, editable=False)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    plan_refused = models.CharField(_("why the plan failed"), max_length=500, blank=True, editable=False)
    archived_at = models.DateTimeField(_("archived at"), null=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="taken_in",
        verbose_name=_("taken into"),
        help_text=_("When that article is published, this one goes."),
    )
    in_help_centre = models.BooleanField(_("shown in the help centre"), default=True)
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
            models.CheckConstraint(
                name="article_planned_when",
                condition=models.Q(planned_version__isnull=True, publish_at__isnull=True)
                | models.Q(planned_version__isnull=False, publish_at__isnull=False),
            ),
            models.CheckConstraint(
                name="article_archived_is_not_live",
                condition=models.Q(archived_at__isnull=True) | models.Q(live_version__isnull=True),
            ),
            models.CheckConstraint(
                name="article_review_is_known", condition=models.Q(review_state__in=ReviewState.values)
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
    """What an article said at one time. Never edited: a change is a new version.

    `answer` is the base answer in plain text, which always stands. `rich` is {} or what kb.rules keeps of its form;
    `answers` lists the other answers, each with the circumstances in which it is said instead.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))
    question = models.CharField(_("standard question"), max_length=256)
    phrasings = models.JSONField(_("phrasings"), default=list, encoder=PlainJSON)
    answer = models.TextField(_("answer"), max_length=4000)
    rich = models.JSONField(_("answer with its form"), default=dict, encoder=PlainJSON)
    answers = models.JSONField(_("answers by circumstance"), default=list, encoder=PlainJSON)
    negatives = models.JSONField(_("wordings that ask something else"), default=list, encoder=PlainJSON)
    negative_keywords = models.JSONField(_("negative keywords"), default=list, encoder=PlainJSON)
    tell_person = models.BooleanField(_("tell a person too"), default=False)
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
