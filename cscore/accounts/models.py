"""People who work here, and the record of what they did."""

from typing import Any, NoReturn

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.accounts.permissions import Permission
from cscore.accounts.roles import GRANTED, Role


class User(AbstractUser):
    """A member of staff. The role says what, the shops (cscore.commerce) say where."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(_("name shown to customers"), max_length=60)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.AGENT)

    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(name="user_role_is_known", condition=models.Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def may(self, permission: str) -> bool:
        """Whether the person's role grants the permission; nobody inactive may anything."""
        if not self.is_active:
            return False
        return self.is_superuser or Permission(permission) in GRANTED[self.role]

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reads only: the trail grows through audit.record() and in no other way."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("The audit trail is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("The audit trail is append-only.")


class AuditEntry(models.Model):
    """Who did what, on what, when. The database itself refuses to change or drop a row (migration 0002)."""

    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        db_constraint=False,
    )
    verb = models.CharField(_("verb"), max_length=60)
    shop_key = models.CharField(_("shop"), max_length=40, blank=True)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=60)
    object_text = models.CharField(_("its name then"), max_length=200)
    details = models.JSONField(_("details"), default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        indexes = [
            models.Index(fields=["shop_key", "-at"], name="audit_by_shop"),
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The audit trail is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The audit trail is append-only.")
