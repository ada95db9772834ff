"""What readers of the help centre think of an article."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.tenancy import TenantQuerySet
from kb.models.article import Article, ArticleVersion


class HelpVoteQuerySet(TenantQuerySet["HelpVote"]):
    shop_path = "article__shop"


class HelpVote(models.Model):
    """One reader's verdict on one version; `voter` is a hash of the reader's own key, never the key."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="help_votes", verbose_name=_("article"))
    version = models.ForeignKey(
        ArticleVersion, models.CASCADE, related_name="help_votes", verbose_name=_("version")
    )
    voter = models.CharField(_("voter"), max_length=64)
    helpful = models.BooleanField(_("helpful"))
    at = models.DateTimeField(_("at"))

    objects = HelpVoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("help centre vote")
        verbose_name_plural = _("help centre votes")
        constraints = [models.UniqueConstraint(fields=["version", "voter"], name="help_vote_once")]
        indexes = [models.Index(fields=["article", "at"], name="help_vote_by_article")]

    def __str__(self) -> str:
        return f"{self.version}: {'+' if self.helpful else '-'}"


class HelpViewQuerySet(TenantQuerySet["HelpView"]):
    shop_path = "article__shop"


class HelpView(models.Model):
    """How often an article was opened in the help centre on one day."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="help_views", verbose_name=_("article"))
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("opened"), default=0)

    objects = HelpViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("help centre view")
        verbose_name_plural = _("help centre views")
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="help_view_once_a_day")]

    def __str__(self) -> str:
        return f"{self.article} {self.day}: {self.count}"
