"""Questions whose answer must not be lost by a publish."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.models import Shop
from cscore.commerce.tenancy import TenantQuerySet
from kb.models.article import Article


class GoldenQuestionQuerySet(TenantQuerySet["GoldenQuestion"]):
    pass


class GoldenQuestion(models.Model):
    """A question as customers ask it, and the one article that must answer it."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="golden_questions", verbose_name=_("shop"))
    question = models.CharField(_("question"), max_length=256)
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="golden_questions", verbose_name=_("article")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    added_at = models.DateTimeField(_("added at"), editable=False)

    objects = GoldenQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("golden question")
        verbose_name_plural = _("golden questions")
        constraints = [
            models.UniqueConstraint(fields=["shop", "question"], name="golden_question_once_per_shop"),
        ]

    def __str__(self) -> str:
        return self.question


class GoldenMoveQuerySet(TenantQuerySet["GoldenMove"]):
    pass


class GoldenMove(models.Model):
    """A golden question that went to another article with a release, because that one took its own article in.

    An undo of the release moves it back, which is a move as well.
    """

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", verbose_name=_("shop"))
    release = models.PositiveIntegerField(_("release"))
    question = models.ForeignKey(
        GoldenQuestion, models.CASCADE, related_name="moves", verbose_name=_("golden question")
    )
    came_from = models.ForeignKey(Article, models.CASCADE, related_name="+", verbose_name=_("came from"))
    went_to = models.ForeignKey(Article, models.CASCADE, related_name="+", verbose_name=_("went to"))

    objects = GoldenMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("move of a golden question")
        verbose_name_plural = _("moves of golden questions")
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "release", "question"], name="golden_move_once_per_release"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} r{self.release}"
