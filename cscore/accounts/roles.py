"""Five roles, each a list of permissions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.accounts.permissions import Permission


class Role(models.TextChoices):
    EDITOR = "editor", _("Content editor")
    AGENT = "agent", _("Agent")
    LEAD = "lead", _("Team lead")
    ANALYST = "analyst", _("Analyst")
    ADMINISTRATOR = "administrator", _("Administrator")


AGENT = frozenset(
    {
        Permission.KB_VIEW,
        Permission.CHAT_SERVE,
        Permission.TICKETS_VIEW,
        Permission.TICKETS_WORK,
        Permission.COMMERCE_VIEW,
    }
)
EDITOR = frozenset(
    {
        Permission.KB_VIEW,
        Permission.KB_EDIT,
        Permission.KB_PUBLISH,
        Permission.COMMERCE_VIEW,
        Permission.COMPLIANCE_VIEW,
    }
)
ANALYST = frozenset(
    {
        Permission.KB_VIEW,
        Permission.TICKETS_VIEW,
        Permission.COMMERCE_VIEW,
        Permission.REPORTS_VIEW,
        Permission.COSTS_EDIT,
    }
)

GRANTED: dict[str, frozenset[Permission]] = {
    Role.EDITOR: EDITOR,
    Role.AGENT: AGENT,
    Role.LEAD: AGENT
    | EDITOR
    | {
        Permission.KB_OVERRIDE,
        Permission.KB_MANAGE,
        Permission.CHAT_SUPERVISE,
        Permission.REPORTS_VIEW,
        Permission.AUDIT_VIEW,
        Permission.API_TOKENS,
    },
    Role.ANALYST: ANALYST,
    Role.ADMINISTRATOR: frozenset(Permission),
}
