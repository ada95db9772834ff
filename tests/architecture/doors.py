"""The contract of doors, as tables, and how to find every door there is."""

from collections.abc import Callable, Iterator
from uuid import uuid4

from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from chat.models import BotSettings
from cscore.accounts.models import User
from cscore.commerce.models import Order, Shop
from cscore.commerce.tenant_admin import TenantAdmin
from tests.factories import (
    MONDAY_9AM,
    make_article,
    make_conversation,
    make_message,
    make_person,
    make_ticket,
)

NOBODY: set[str] = set()
EVERY_ROLE = {"agent", "lead", "editor", "analyst", "administrator"}

# Model of an admin page: who may open its list, and its form for a new row.
PAGES: dict[str, tuple[set[str], set[str]]] = {
    "accounts.user": ({"administrator"}, {"administrator"}),
    "accounts.auditentry": ({"lead", "administrator"}, NOBODY),
    "commerce.shop": (EVERY_ROLE, NOBODY),
    "commerce.customer": (EVERY_ROLE, {"administrator"}),
    "commerce.product": (EVERY_ROLE, {"administrator"}),
    "commerce.order": (EVERY_ROLE, NOBODY),
    "commerce.apitoken": ({"lead", "administrator"}, {"lead", "administrator"}),
    "tickets.ticket": (EVERY_ROLE - {"editor"}, {"agent", "lead", "administrator"}),
    "chat.conversation": ({"lead", "administrator"}, NOBODY),
    "chat.message": ({"lead", "administrator"}, NOBODY),
    "chat.handoff": ({"lead", "administrator"}, NOBODY),
    "chat.botsettings": ({"lead", "administrator"}, {"lead", "administrator"}),
    "compliance.rule": ({"editor", "lead", "administrator"}, {"administrator"}),
    "kb.article": (EVERY_ROLE, {"editor", "lead", "administrator"}),
    "kb.category": (EVERY_ROLE, {"editor", "lead", "administrator"}),
    "kb.release": (EVERY_ROLE, NOBODY),
    "kb.goldenquestion": (EVERY_ROLE, {"editor", "lead", "administrator"}),
    "django_q.success": ({"administrator"}, NOBODY),
    "django_q.failure": ({"administrator"}, NOBODY),
    "django_q.schedule": ({"administrator"}, NOBODY),
    "django_q.ormq": ({"administrator"}, NOBODY),
}

# Address outside the admin: who may open it. Those who may not get 403, strangers the sign-in page.
ADDRESSES: dict[str, set[str]] = {
    "home": EVERY_ROLE | {"stranger"},
    "health": EVERY_ROLE | {"stranger"},
    "favicon": EVERY_ROLE | {"stranger"},
    "set_language": EVERY_ROLE | {"stranger"},
    "chat:embed": EVERY_ROLE | {"stranger"},
    "chat:widget": EVERY_ROLE | {"stranger"},
    "chat:send_photo": EVERY_ROLE | {"stranger"},
    "chat:own_photo": EVERY_ROLE | {"stranger"},
    "chat:photo": EVERY_ROLE - {"editor"},
    "chat:desk": {"agent", "lead", "administrator"},
    "chat:find_articles": {"agent", "lead", "administrator"},
    "kb:search": EVERY_ROLE,
    "kb:help_centre": EVERY_ROLE,
    "kb:help_show": {"editor", "lead", "administrator"},
    "chat:transcript": EVERY_ROLE - {"editor"},
    "tickets:work": {"agent", "lead", "administrator"},
    "analytics:overview": {"lead", "analyst", "administrator"},
    "analytics:conversations": {"lead", "analyst", "administrator"},
    "analytics:conversation": {"lead", "analyst", "administrator"},
    "analytics:export": {"lead", "analyst", "administrator"},
    "analytics:articles": {"lead", "analyst", "administrator"},
    "analytics:articles_csv": {"lead", "analyst", "administrator"},
    "analytics:article": {"lead", "analyst", "administrator"},
    "analytics:confidence": EVERY_ROLE,
    "analytics:keep_precision": {"editor", "lead", "administrator"},
    "analytics:staffing": {"lead", "analyst", "administrator"},
    "analytics:upset": {"lead", "analyst", "administrator"},
    "analytics:keep_upset": {"lead", "administrator"},
    "analytics:savings": {"lead", "analyst", "administrator"},
    "analytics:keep_policy": {"analyst", "administrator"},
    "analytics:cost_inputs": {"analyst", "administrator"},
    "tickets:assign": {"agent", "lead", "administrator"},
    "help:home": EVERY_ROLE | {"stranger"},
    "help:category": EVERY_ROLE | {"stranger"},
    "help:search": EVERY_ROLE | {"stranger"},
    "help:article": EVERY_ROLE | {"stranger"},
    "help:vote": EVERY_ROLE | {"stranger"},
    "kb:publish": {"editor", "lead", "administrator"},
    "kb:withdraw": {"editor", "lead", "administrator"},
    "kb:versions": EVERY_ROLE,
    "kb:outlook": EVERY_ROLE,
    "kb:try_training": {"editor", "lead", "administrator"},
    "kb:restore": {"editor", "lead", "administrator"},
    "kb:publish_version": {"editor", "lead", "administrator"},
    "kb:standing": EVERY_ROLE,
    "kb:release": EVERY_ROLE,
    "kb:undo": {"editor", "lead", "administrator"},
    "chat:recall": {"lead", "administrator"},
    "chat:recall_csv": {"lead", "administrator"},
    "chat:recall_start": {"lead", "administrator"},
    "chat:recall_state": {"lead", "administrator"},
    "chat:gaps": {"editor", "lead", "administrator"},
    "chat:gaps_look": {"editor", "lead", "administrator"},
    "chat:gaps_look_state": {"editor", "lead", "administrator"},
    "chat:gap_draft": {"editor", "lead", "administrator"},
    "chat:gap_phrasing": {"editor", "lead", "administrator"},
    "chat:gap_dismiss": {"editor", "lead", "administrator"},
    "chat:gap_reopen": {"editor", "lead", "administrator"},
    "kb:ask_review": {"editor", "lead", "administrator"},
    "kb:approve": {"editor", "lead", "administrator"},
    "kb:send_back": {"editor", "lead", "administrator"},
    "kb:plan": {"editor", "lead", "administrator"},
    "kb:cancel_plan": {"editor", "lead", "administrator"},
    "kb:archive": {"editor", "lead", "administrator"},
    "kb:unarchive": {"editor", "lead", "administrator"},
    "kb:comment": {"editor", "lead", "administrator"},
    "kb:settle": {"editor", "lead", "administrator"},
    "kb:confirm": {"editor", "lead", "administrator"},
    "kb:care": {"editor", "lead", "administrator"},
    "kb:check_wording": {"editor", "lead", "administrator"},
    "kb:preview": {"editor", "lead", "administrator"},
    "kb:publishing_rules": {"lead", "administrator"},
    "kb:import_template": {"editor", "lead", "administrator"},
    "kb:import_run": {"editor", "lead", "administrator"},
    "kb:import_state": {"editor", "lead", "administrator"},
    "kb:import_replay": {"editor", "lead", "administrator"},
    "kb:manual": {"editor", "lead", "administrator"},
    "kb:examine": {"editor", "lead", "administrator"},
    "kb:alike": {"editor", "lead", "administrator"},
    "kb:conflict": {"editor", "lead", "administrator"},
    "kb:merge": {"editor", "lead", "administrator"},
    "kb:tell_apart": {"editor", "lead", "administrator"},
    "kb:keep_apart": {"editor", "lead", "administrator"},
    "kb:golden_keep": {"editor", "lead", "administrator"},
    "kb:golden_paste": {"editor", "lead", "administrator"},
    "chat:replay_waiting": {"editor", "lead", "administrator"},
    "chat:replay_start": {"editor", "lead", "administrator"},
    "chat:replay_newest": {"editor", "lead", "administrator"},
    "chat:replay_article": {"editor", "lead", "administrator"},
    "chat:replay": {"editor", "lead", "administrator"},
    "chat:replay_again": {"editor", "lead", "administrator"},
    "chat:replay_state": {"editor", "lead", "administrator"},
    "chat:replay_publish": {"editor", "lead", "administrator"},
    "chat:replay_csv": {"editor", "lead", "administrator"},
    "kb:golden_override": {"lead", "administrator"},
    "kb:examine_csv": {"editor", "lead", "administrator"},
    "api:schema": EVERY_ROLE | {"stranger"},
    "api:docs": EVERY_ROLE | {"stranger"},
}

# What a token may do at the API: the scope that each operation needs. No person's role and no session opens it.
OPERATIONS: dict[tuple[str, str], str] = {
    ("get", "api:articles"): "kb:read",
    ("post", "api:articles"): "kb:write",
    ("get", "api:article"): "kb:read",
    ("put", "api:article"): "kb:write",
    ("post", "api:publish"): "kb:publish",
    ("post", "api:withdraw"): "kb:publish",
    ("put", "api:plan"): "kb:publish",
    ("delete", "api:plan"): "kb:publish",
    ("get", "api:versions"): "kb:read",
    ("get", "api:search"): "kb:read",
    ("get", "api:categories"): "kb:read",
    ("get", "api:releases"): "kb:read",
    ("post", "api:imports"): "kb:write",
    ("post", "api:manuals"): "kb:write",
    ("get", "api:export"): "kb:read",
}

# What the desk's socket obeys, and for whom. The socket itself opens for chat.serve.
DESK_FRAMES: dict[str, set[str]] = dict.fromkeys(
    ("hello", "presence", "open", "take", "send", "note", "transfer", "release", "close",
     "open_ticket", "move_ticket", "suggest", "thumb", "typing", "read", "ping"),
    {"agent", "lead", "administrator"},
)  # fmt: skip
# What the customer's socket obeys: only ever about the conversation of the token shown at hello.
CUSTOMER_FRAMES = {"hello", "send", "choose", "human", "typing", "read", "rate", "thumb", "ping"}


def a_row(label: str, shop: Shop) -> models.Model:
    """A row of the shop, of each kind that an admin page shows by shop."""
    article = make_article(shop=shop, live=True)
    order = Order.objects.get(shop=shop)
    rows: dict[str, Callable[[], models.Model]] = {
        "commerce.shop": lambda: shop,
        "commerce.customer": lambda: order.customer,
        "commerce.product": lambda: shop.products.first(),
        "commerce.order": lambda: order,
        "commerce.apitoken": lambda: shop.api_tokens.create(
            name="ERP", hint="cs_", token_hash="none", created_at=MONDAY_9AM
        ),
        "tickets.ticket": lambda: make_ticket(shop=shop),
        "chat.conversation": lambda: make_conversation(shop=shop),
        "chat.message": lambda: make_message(conversation=make_conversation(shop=shop)),
        "chat.handoff": lambda: make_conversation(shop=shop).handoffs.create(
            at=MONDAY_9AM, reason="no_progress"
        ),
        "tickets.photo": lambda: make_ticket(shop=shop).photos.create(
            shop=shop, origin_ref="", data=b"jpeg", width=1, height=1, at=MONDAY_9AM
        ),
        "chat.botsettings": lambda: (
            shop.bot_settings if hasattr(shop, "bot_settings") else BotSettings.objects.create(shop=shop)
        ),
        "compliance.rule": lambda: shop.wording_rules.create(
            key="best", family="absolute", words="best", updated_at=MONDAY_9AM
        ),
        "chat.gap": lambda: shop.gaps.create(
            question="Do you engrave?", first_at=MONDAY_9AM, last_at=MONDAY_9AM
        ),
        "chat.recall": lambda: article.live_version.recalls.create(
            told_from=MONDAY_9AM, told_until=MONDAY_9AM, body="No.", by=make_person(), at=MONDAY_9AM
        ),
        "chat.replay": lambda: shop.replays.create(versions=[1], asked_at=MONDAY_9AM),
        "kb.article": lambda: article,
        "kb.category": lambda: shop.categories.create(name="Delivery"),
        "kb.goldenquestion": lambda: shop.golden_questions.create(
            question="How long?", article=article, added_at=MONDAY_9AM
        ),
        "kb.release": lambda: shop.releases.create(
            number=1, article=article, version=article.live_version, verb="publish", at=article.created_at
        ),
    }
    return rows[label]()


def labels() -> list[str]:
    return sorted(model._meta.label_lower for model in admin.site._registry)


def labels_by_shop() -> list[str]:
    pages = admin.site._registry.items()
    return sorted(model._meta.label_lower for model, page in pages if isinstance(page, TenantAdmin))


def doors(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address outside the admin site, which guards its own."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if one.app_name != "admin":
                yield from doors(one, f"{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}", one


def missing(door: URLPattern) -> dict[str, object]:
    """Values for the address's parameters that no row has."""
    nowhere: dict[type, object] = {IntConverter: 10**6, UUIDConverter: uuid4()}
    return {name: nowhere.get(type(one), "none") for name, one in door.pattern.converters.items()}


def outside_admin() -> dict[str, URLPattern]:
    """Addresses for people's browsers, without the demo shop's."""
    return {
        name: door
        for name, door in doors(get_resolver())
        if not name.startswith("demo:") and not _opens_by_scope(door)
    }


def operations() -> dict[tuple[str, str], URLPattern]:
    """Every operation of the API; the page for addresses that it does not have has none."""
    return {
        (method.lower(), name): door
        for name, door in doors(get_resolver())
        if _opens_by_scope(door)
        for method in door.callback.opens_for  # type: ignore[union-attr]
    }


def _opens_by_scope(door: URLPattern) -> bool:
    return isinstance(getattr(door.callback, "opens_for", None), dict)


def page(label: str, what: str, *args: object) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{what}", args=args)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def answer(client: Client, method: str, address: str) -> tuple[int, str, str]:
    """All that can be told from outside, with the address that was asked for left out."""
    response = getattr(client, method)(address)
    body = response.content.decode().replace(address, "ADDRESS")
    return response.status_code, response.get("Location", ""), body
