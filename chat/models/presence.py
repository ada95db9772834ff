from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    """Whether an agent takes chats now, and how many at a time. Stale after `seen_at` grows old."""

    agent = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="presence", verbose_name=_("agent")
    )
    available = models.BooleanField(_("takes chats"), default=False)
    capacity = models.PositiveSmallIntegerField(_("chats at a time"), default=5)
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")

    def __str__(self) -> str:
        return f"{self.agent}: {self.available}"
