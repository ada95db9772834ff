"""What people say of a draft before it goes live."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.tenancy import TenantQuerySet
from kb.models.article import Article, ArticleVersion


class Verdict(models.TextChoices):
    ASKED = "asked", _("Review asked for")
    APPROVED = "approved", _("Approved")
    SENT_BACK = "sent_back", _("Sent back")


class ReviewQuerySet(TenantQuerySet["Review"]):
    shop_path = "version__article__shop"


class Review(models.Model):
    """One step of a version's way to customers: who asked, approved or sent back, and when."""

    version = models.ForeignKey(
        ArticleVersion, models.CASCADE, related_name="reviews", verbose_name=_("version")
    )
    verdict = models.CharField(_("what"), max_length=10, choices=Verdict)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        indexes = [models.Index(fields=["version", "at"], name="review_by_version")]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_verdict_display()}"


class CommentQuerySet(TenantQuerySet["Comment"]):
    shop_path = "article__shop"


class Comment(models.Model):
    """A remark among staff about a version; customers never see one."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="comments", verbose_name=_("article"))
    version = models.ForeignKey(
        ArticleVersion, models.CASCADE, related_name="comments", verbose_name=_("version")
    )
    body = models.CharField(_("text"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    resolved_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("settled by")
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [models.Index(fields=["article", "at"], name="comment_by_article")]

    def __str__(self) -> str:
        return self.body[:40]
