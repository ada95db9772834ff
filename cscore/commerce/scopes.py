"""What an API token may do, and which permission its maker needs for it."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.accounts.permissions import Permission


class Scope(models.TextChoices):
    KB_READ = "kb:read", _("read articles")
    KB_WRITE = "kb:write", _("write articles")
    KB_PUBLISH = "kb:publish", _("publish articles")


PERMISSION_OF: Final = {
    Scope.KB_READ: Permission.KB_VIEW,
    Scope.KB_WRITE: Permission.KB_EDIT,
    Scope.KB_PUBLISH: Permission.KB_PUBLISH,
}
