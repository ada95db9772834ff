"""Which rules find something in a version: what lists are searched by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.tenancy import TenantQuerySet
from kb.models.article import ArticleVersion


class RuleHitQuerySet(TenantQuerySet["RuleHit"]):
    shop_path = "version__article__shop"


class RuleHit(models.Model):
    """The findings of a version once more, one row for each rule; it `blocks` when it keeps the version from going
    live. Written together with `ArticleVersion.findings`, and anew when rules change."""

    version = models.ForeignKey(
        ArticleVersion, models.CASCADE, related_name="hits", verbose_name=_("version")
    )
    rule = models.CharField(_("wording rule"), max_length=60)
    blocks = models.BooleanField(_("blocks"))

    objects = RuleHitQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule that finds something")
        verbose_name_plural = _("rules that find something")
        constraints = [models.UniqueConstraint(fields=["version", "rule"], name="rule_hit_once_per_version")]
        indexes = [models.Index(fields=["rule"], name="rule_hit_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.version}"
