"""What a person may do, as words. Roles are lists of these (roles.py)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    KB_VIEW = "kb.view", _("read articles")
    KB_EDIT = "kb.edit", _("write articles")
    KB_PUBLISH = "kb.publish", _("publish articles")
    KB_OVERRIDE = "kb.override", _("publish in spite of golden questions")
    KB_MANAGE = "kb.manage", _("decide how articles go live")
    CHAT_SERVE = "chat.serve", _("talk with customers")
    CHAT_SUPERVISE = "chat.supervise", _("see every agent's chats")
    TICKETS_VIEW = "tickets.view", _("read tickets")
    TICKETS_WORK = "tickets.work", _("work on tickets")
    COMMERCE_VIEW = "commerce.view", _("see customers and orders")
    COMMERCE_MANAGE = "commerce.manage", _("change shops and products")
    COMPLIANCE_VIEW = "compliance.view", _("see wording rules")
    COMPLIANCE_MANAGE = "compliance.manage", _("change wording rules")
    REPORTS_VIEW = "reports.view", _("see reports")
    COSTS_EDIT = "costs.edit", _("set cost inputs")
    API_TOKENS = "api.tokens", _("make and revoke API tokens")
    ACCOUNTS_MANAGE = "accounts.manage", _("manage people")
    AUDIT_VIEW = "audit.view", _("read the audit trail")
    JOBS_VIEW = "jobs.view", _("see background jobs")
