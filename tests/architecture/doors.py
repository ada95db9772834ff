"""The contract of doors, as tables, and how to find every door there is."""

from collections.abc import Callable, Iterator
from uuid import uuid4

from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from cscore.accounts.models import User
from cscore.commerce.models import Order, Shop
from cscore.commerce.tenant_admin import TenantAdmin
from tests.factories import MONDAY_9AM, make_article, make_conversation, make_message, make_ticket

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
    "tickets.ticket": (EVERY_ROLE - {"editor"}, {"agent", "lead", "administrator"}),
    "chat.conversation": ({"lead", "administrator"}, NOBODY),
    "chat.message": ({"lead", "administrator"}, NOBODY),
    "chat.handoff": ({"lead", "administrator"}, NOBODY),
    "compliance.rule": ({"editor", "lead", "administrator"}, {"administrator"}),
    "kb.article": (EVERY_ROLE, {"editor", "lead", "administrator"}),
    "kb.category": (EVERY_ROLE, {"editor", "lead", "administrator"}),
    "kb.release": (EVERY_ROLE, NOBODY),
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
    "chat:desk": {"agent", "lead", "administrator"},
    "chat:transcript": EVERY_ROLE - {"editor"},
    "tickets:work": {"agent", "lead", "administrator"},
    "analytics:overview": {"lead", "analyst", "administrator"},
    "analytics:conversations": {"lead", "analyst", "administrator"},
    "analytics:conversation": {"lead", "analyst", "administrator"},
    "analytics:export": {"lead", "analyst", "administrator"},
    "analytics:confidence": EVERY_ROLE,
    "analytics:keep_precision": {"editor", "lead", "administrator"},
    "analytics:staffing": {"lead", "analyst", "administrator"},
    "analytics:savings": {"lead", "analyst", "administrator"},
    "analytics:keep_policy": {"analyst", "administrator"},
    "analytics:cost_inputs": {"analyst", "administrator"},
    "tickets:assign": {"agent", "lead", "administrator"},
    "kb:publish": {"editor", "lead", "administrator"},
    "kb:withdraw": {"editor", "lead", "administrator"},
    "kb:versions": EVERY_ROLE,
    "kb:restore": {"editor", "lead", "administrator"},
    "kb:publish_version": {"editor", "lead", "administrator"},
    "kb:examine": {"editor", "lead", "administrator"},
    "kb:examine_csv": {"editor", "lead", "administrator"},
}

# What the desk's socket obeys, and for whom. The socket itself opens for chat.serve.
DESK_FRAMES: dict[str, set[str]] = dict.fromkeys(
    ("hello", "presence", "open", "take", "send", "note", "transfer", "release", "close",
     "open_ticket", "move_ticket", "suggest", "typing", "read", "ping"),
    {"agent", "lead", "administrator"},
)  # fmt: skip
# What the customer's socket obeys: only ever about the conversation of the token shown at hello.
CUSTOMER_FRAMES = {"hello", "send", "choose", "human", "typing", "read", "rate", "ping"}


def a_row(label: str, shop: Shop) -> models.Model:
    """A row of the shop, of each kind that an admin page shows by shop."""
    article = make_article(shop=shop, live=True)
    order = Order.objects.get(shop=shop)
    rows: dict[str, Callable[[], models.Model]] = {
        "commerce.shop": lambda: shop,
        "commerce.customer": lambda: order.customer,
        "commerce.product": lambda: shop.products.first(),
        "commerce.order": lambda: order,
        "tickets.ticket": lambda: make_ticket(shop=shop),
        "chat.conversation": lambda: make_conversation(shop=shop),
        "chat.message": lambda: make_message(conversation=make_conversation(shop=shop)),
        "chat.handoff": lambda: make_conversation(shop=shop).handoffs.create(
            at=MONDAY_9AM, reason="no_progress"
        ),
        "compliance.rule": lambda: shop.wording_rules.create(
            key="best", family="absolute", words="best", updated_at=MONDAY_9AM
        ),
        "kb.article": lambda: article,
        "kb.category": lambda: shop.categories.create(name="Delivery"),
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
    return {name: door for name, door in doors(get_resolver()) if not name.startswith("demo:")}


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
