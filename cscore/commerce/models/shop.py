"""The shop: the owner of every other row."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.commerce.tenancy import TenantQuerySet


class Channel(models.TextChoices):
    """Where a customer talks to the shop."""

    WEB = "web", _("Web chat")
    TAOBAO = "taobao", _("Taobao")
    JD = "jd", _("JD")
    DOUYIN = "douyin", _("Douyin")


class ShopQuerySet(TenantQuerySet["Shop"]):
    def for_shops_of(self, person: User) -> Self:
        return self if person.is_superuser else self.filter(staff=person)


class Shop(models.Model):
    """A shop on one or more marketplaces, run by its own staff."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    staff = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="shops", blank=True, verbose_name=_("staff")
    )
    widget_origins = models.JSONField(
        _("pages that may show the chat"),
        default=list,
        blank=True,
        help_text=_("Full origins such as https://shop.example.com; this server's own is always allowed."),
    )
    identity_key = models.CharField(
        _("key that signs customers"), max_length=64, help_text=_("Shared with the shop's server only.")
    )

    objects = ShopQuerySet.as_manager()

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")

    def __str__(self) -> str:
        return self.name
