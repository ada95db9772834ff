from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.models.shop import Shop
from cscore.commerce.tenancy import TenantQuerySet


class ApiTokenQuerySet(TenantQuerySet["ApiToken"]):
    pass


class ApiToken(models.Model):
    """A key by which another program of the shop calls the API. Only its hash is kept; `hint` is its beginning."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="api_tokens", verbose_name=_("shop"))
    name = models.CharField(_("name"), max_length=60, help_text=_("The program that uses it."))
    hint = models.CharField(_("begins with"), max_length=12, editable=False)
    token_hash = models.CharField(_("token hash"), max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("may"), default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made at"), editable=False)
    expires_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"
