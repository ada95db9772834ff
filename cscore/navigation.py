"""The admin's sidebar: only what the person may open."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.common.doors import EVERYONE

HOME = "admin:index"


@dataclass(frozen=True)
class Entry:
    """A door: its words, its icon (Material Symbols), the name of its address, and whom it opens for."""

    title: str | Promise
    icon: str
    address: str
    permission: str


@dataclass(frozen=True)
class Section:
    title: str | Promise
    entries: tuple[Entry, ...]


SECTIONS: tuple[Section, ...] = (
    Section(
        _("Service"),
        (
            Entry(_("Overview"), "dashboard", HOME, EVERYONE),
            Entry(_("Desk"), "forum", "chat:desk", Permission.CHAT_SERVE),
            Entry(
                _("Tickets"), "assignment_return", "admin:tickets_ticket_changelist", Permission.TICKETS_VIEW
            ),
            Entry(
                _("Conversations"),
                "chat_bubble",
                "admin:chat_conversation_changelist",
                Permission.CHAT_SUPERVISE,
            ),
        ),
    ),
    Section(
        _("Knowledge"),
        (
            Entry(_("Articles"), "menu_book", "admin:kb_article_changelist", Permission.KB_VIEW),
            Entry(_("Categories"), "category", "admin:kb_category_changelist", Permission.KB_EDIT),
            Entry(_("Releases"), "published_with_changes", "admin:kb_release_changelist", Permission.KB_VIEW),
            Entry(_("Examine"), "quiz", "kb:examine", Permission.KB_EDIT),
            Entry(
                _("Wording rules"),
                "gavel",
                "admin:compliance_rule_changelist",
                Permission.COMPLIANCE_VIEW,
            ),
        ),
    ),
    Section(
        _("Shop"),
        (
            Entry(_("Customers"), "group", "admin:commerce_customer_changelist", Permission.COMMERCE_VIEW),
            Entry(_("Orders"), "receipt_long", "admin:commerce_order_changelist", Permission.COMMERCE_VIEW),
            Entry(
                _("Products"), "inventory_2", "admin:commerce_product_changelist", Permission.COMMERCE_VIEW
            ),
            Entry(_("Shops"), "storefront", "admin:commerce_shop_changelist", Permission.COMMERCE_VIEW),
            Entry(_("Demo shop"), "shopping_cart", "demo:front", EVERYONE),
        ),
    ),
    Section(
        _("Figures"), (Entry(_("Reports"), "monitoring", "analytics:overview", Permission.REPORTS_VIEW),)
    ),
    Section(
        _("Administration"),
        (
            Entry(_("People"), "badge", "admin:accounts_user_changelist", Permission.ACCOUNTS_MANAGE),
            Entry(_("Audit trail"), "policy", "admin:accounts_auditentry_changelist", Permission.AUDIT_VIEW),
            Entry(_("Failed jobs"), "error", "admin:django_q_failure_changelist", Permission.JOBS_VIEW),
            Entry(_("Jobs done"), "task_alt", "admin:django_q_success_changelist", Permission.JOBS_VIEW),
            Entry(_("Queued jobs"), "pending", "admin:django_q_ormq_changelist", Permission.JOBS_VIEW),
            Entry(_("Schedules"), "schedule", "admin:django_q_schedule_changelist", Permission.JOBS_VIEW),
        ),
    ),
)


def for_request(request: HttpRequest) -> list[dict[str, object]]:
    """The sections as the theme wants them, without what the person may not open or nobody serves."""
    return [
        {"title": section.title, "separator": position > 0, "items": items}
        for position, section in enumerate(SECTIONS)
        if (items := [item for entry in section.entries if (item := _item(entry, request))])
    ]


def _item(entry: Entry, request: HttpRequest) -> dict[str, object] | None:
    if entry.permission != EVERYONE and not cast(User, request.user).may(entry.permission):
        return None
    try:
        link = reverse(entry.address)
    except NoReverseMatch:
        # The demo shop is mounted on demo servers only.
        return None
    here = request.path == link if entry.address == HOME else request.path.startswith(link)
    return {"title": entry.title, "icon": entry.icon, "link": link, "active": here}
