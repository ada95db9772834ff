"""The admin's sidebar: only what the person may open."""

from collections.abc import Iterable
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
            Entry(_("Search"), "search", "kb:search", Permission.KB_VIEW),
            Entry(_("Help centre"), "help_center", "kb:help_centre", Permission.KB_VIEW),
            Entry(_("Categories"), "category", "admin:kb_category_changelist", Permission.KB_EDIT),
            Entry(_("Releases"), "published_with_changes", "admin:kb_release_changelist", Permission.KB_VIEW),
            Entry(_("Gaps"), "troubleshoot", "chat:gaps", Permission.KB_EDIT),
            Entry(_("From a manual"), "upload_file", "kb:manual", Permission.KB_EDIT),
            Entry(_("Examine"), "quiz", "kb:examine", Permission.KB_EDIT),
            Entry(_("Replays"), "history", "chat:replay_waiting", Permission.KB_EDIT),
            Entry(
                _("Golden questions"), "verified", "admin:kb_goldenquestion_changelist", Permission.KB_VIEW
            ),
            Entry(_("Publishing rules"), "approval_delegation", "kb:publishing_rules", Permission.KB_MANAGE),
            Entry(_("Confidence"), "speed", "analytics:confidence", Permission.KB_VIEW),
            Entry(_("Bot"), "smart_toy", "admin:chat_botsettings_changelist", Permission.CHAT_SUPERVISE),
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
            Entry(_("API tokens"), "key", "admin:commerce_apitoken_changelist", Permission.API_TOKENS),
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
    person = cast(User, request.user)
    open_doors = [
        [(entry, link) for entry in section.entries if (link := _link(entry, person))] for section in SECTIONS
    ]
    here = _nearest(request.path, [link for doors in open_doors for _entry, link in doors])
    return [
        {
            "title": section.title,
            "separator": position > 0,
            "items": [
                {"title": entry.title, "icon": entry.icon, "link": link, "active": link == here}
                for entry, link in doors
            ],
        }
        for position, (section, doors) in enumerate(zip(SECTIONS, open_doors, strict=True))
        if doors
    ]


def _link(entry: Entry, person: User) -> str:
    """The entry's address; "" for what the person may not open, and for the demo shop on other servers."""
    if entry.permission != EVERYONE and not person.may(entry.permission):
        return ""
    try:
        return reverse(entry.address)
    except NoReverseMatch:
        return ""


def _nearest(path: str, links: Iterable[str]) -> str:
    """The link that the page belongs to: the one that is most of the page's own address; "" for none."""
    home = reverse(HOME)
    begun = (link for link in links if path == link or (link != home and path.startswith(link)))
    return max(begun, key=len, default="")
