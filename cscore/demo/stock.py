"""Shops, staff, goods, customers and orders of the demo, through the verbs that a real shop's data takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import make_password

from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce import actions
from cscore.commerce.models import Customer, Order, Shop, Variant
from cscore.demo import accounts, files
from cscore.demo.files import Row

LOCAL = ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True)
class World:
    """What the rest of the loading needs to find by name."""

    shops: Mapping[str, Shop]
    staff: Mapping[str, User]
    customers: Mapping[str, Customer]
    now: datetime

    def ago(self, days: float, time: str) -> datetime:
        """That many days before today, at a local time such as 20:15, and never in the future."""
        hour, minute = map(int, time.split(":"))
        day = (self.now.astimezone(LOCAL) - timedelta(days=days)).replace(hour=hour, minute=minute, second=0)
        return min(day, self.now - timedelta(minutes=15))


def load(now: datetime) -> World:
    """Everything but words and visits; an order that a visit leads to waits for that visit."""
    shops = {
        row["key"]: actions.save_shop(
            key=row["key"], name=row["name"], language=row["language"], by=None, at=now
        )
        for row in files.rows("shops.json")
    }
    world = World(shops, hire(shops), customers(shops, now), now)
    for row in files.rows("products.json"):
        save_product(row, world)
    bought_in_a_visit = {row["buys"] for row in files.rows("conversations.jsonl") if row.get("buys")}
    for row in files.rows("orders.json"):
        if row["number"] not in bought_in_a_visit:
            save_order(
                row,
                world,
                placed_at=world.ago(row["days_ago"], f"{row['hour']}:{len(row['number']) * 3 % 60}"),
            )
    return world


def hire(shops: Mapping[str, Shop]) -> dict[str, User]:
    """The demo's staff with the demo's password; the first administrator may do anything."""
    # One hash for all: they share the password, and a hash takes the better part of a second on purpose.
    password, staff = make_password(settings.DEMO_PASSWORD), {}
    for row in accounts.team():
        person, _ = User.objects.update_or_create(
            username=row["username"],
            defaults={
                "display_name": row["display_name"],
                "role": row["role"],
                "is_staff": True,
                "is_superuser": row["role"] == Role.ADMINISTRATOR,
                "password": password,
            },
        )
        shops[row["shop"]].staff.add(person)
        staff[row["username"]] = person
    return staff


def customers(shops: Mapping[str, Shop], now: datetime) -> dict[str, Customer]:
    return {
        row["external_id"]: actions.save_customer(
            shop=shops[row["shop"]],
            external_id=row["external_id"],
            name=row["name"],
            phone=row["phone"],
            city=row["city"],
            tier=row["tier"],
            member_since=date.fromisoformat(row["member_since"]),
            by=None,
            at=now,
        )
        for row in files.rows("customers.json")
    }


def save_product(row: Row, world: World) -> None:
    sold = [
        actions.Sold(sku=one["sku"], name=one["name"], price=Decimal(one["price"]), stock=one["stock"])
        for one in row["variants"]
    ]
    actions.save_product(
        shop=world.shops[row["shop"]],
        sku=row["sku"],
        name=row["name"],
        price=Decimal(row["price"]),
        variants=sold,
        category=row["category"],
        description=row["description"],
        image=row["image"],
        ships_within_hours=row["ships_within_hours"],
        by=None,
        at=world.now,
    )


def save_order(row: Row, world: World, *, placed_at: datetime) -> Order:
    """The order with its lines and, where it has left the warehouse, its parcel."""
    shop = world.shops[row["shop"]]
    lines = []
    for line in row["lines"]:
        variant = Variant.objects.select_related("product").get(product__shop=shop, sku=line["variant"])
        lines.append(actions.Bought(variant, line["quantity"], variant.price))
    order = actions.save_order(
        shop=shop,
        customer=world.customers[row["customer"]],
        number=row["number"],
        status=row["status"],
        placed_at=placed_at,
        lines=lines,
        by=None,
        at=world.now,
    )
    if row["parcel"]:
        save_parcel(row["parcel"], order, world)
    return order


def save_parcel(row: Row, order: Order, world: World) -> None:
    events = [
        {
            "at": (world.now - timedelta(hours=event["hours_ago"])).isoformat(),
            "place": event["place"],
            "text": event["text"],
        }
        for event in row["events"]
    ]
    newest = min((event["hours_ago"] for event in row["events"]), default=0)
    actions.save_parcel(
        order=order,
        carrier=row["carrier"],
        tracking_number=row["tracking_number"],
        status=row["status"],
        events=events,
        updated_at=world.now - timedelta(hours=newest),
        by=None,
        at=world.now,
    )
