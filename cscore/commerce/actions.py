"""What a shop tells us about itself: products, customers, orders, parcels. Saying it twice changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce import identity
from cscore.commerce.models import Customer, Order, OrderLine, Parcel, Product, Shop, Tier, Variant
from cscore.common.errors import Refusal

OF_TIMES = _("Times are written in ISO 8601, with their offset.")
M = TypeVar("M", bound=models.Model)


class BadRecord(Refusal):
    code = "bad-record"
    sentence = _("%(field)s: %(problem)s")


class NothingBought(Refusal):
    code = "nothing-bought"
    sentence = _("An order has at least one line, each with at least one piece.")


class ForeignRow(Refusal):
    code = "foreign-row"
    sentence = _("This belongs to another shop.")


class OrderLinesDiffer(Refusal):
    code = "order-lines-differ"
    sentence = _("What was bought in an order does not change; only its status does.")


@dataclass(frozen=True)
class Bought:
    """One line of an order as the shop reports it."""

    variant: Variant
    quantity: int
    price: Decimal


@dataclass(frozen=True)
class Sold:
    """One variant of a product as the shop reports it."""

    sku: str
    name: str
    price: Decimal
    stock: int


@transaction.atomic
def save_shop(*, key: str, name: str, language: str, by: User | None, at: datetime) -> Shop:
    """A shop by its key; a new one gets a fresh key to sign its customers with."""
    shop, changed = _save(Shop, {"key": key}, {"name": name, "language": language}, _new_shop())
    return _told(shop, changed, verb="commerce.save-shop", shop=shop, by=by, at=at)


@transaction.atomic
def save_product(
    *,
    shop: Shop,
    sku: str,
    name: str,
    price: Decimal,
    variants: Sequence[Sold],
    by: User | None,
    at: datetime,
    category: str = "",
    description: str = "",
    image: str = "",
    page: str = "",
    ships_within_hours: int | None = None,
) -> Product:
    """A product and its variants; variants that are no longer reported stay, since orders name them."""
    values = {
        "name": name,
        "price": price,
        "category": category,
        "description": description,
        "image": image,
        "page": page,
        "ships_within_hours": ships_within_hours,
    }
    product, changed = _save(Product, {"shop": shop, "sku": sku}, values)
    for sold in variants:
        values = {"name": sold.name, "price": sold.price, "stock": sold.stock}
        _variant, also = _save(Variant, {"product": product, "sku": sold.sku}, values)
        changed += [f"{sold.sku}.{field}" for field in also]
    return _told(product, changed, verb="commerce.save-product", shop=shop, by=by, at=at)


@transaction.atomic
def save_customer(
    *,
    shop: Shop,
    external_id: str,
    name: str,
    by: User | None,
    at: datetime,
    phone: str = "",
    city: str = "",
    tier: str = Tier.REGULAR,
    member_since: date | None = None,
) -> Customer:
    """A customer by the number that the shop knows him by."""
    values = {"name": name, "phone": phone, "city": city, "tier": tier, "member_since": member_since}
    customer, changed = _save(Customer, {"shop": shop, "external_id": external_id}, values)
    return _told(customer, changed, verb="commerce.save-customer", shop=shop, by=by, at=at)


@transaction.atomic
def save_order(
    *,
    shop: Shop,
    customer: Customer,
    number: str,
    status: str,
    placed_at: datetime,
    lines: Sequence[Bought],
    by: User | None,
    at: datetime,
    total: Decimal | None = None,
) -> Order:
    """An order with its lines. `total` is what was paid; without it, the sum of the lines."""
    _check_lines(shop, customer, lines)
    if total is None:
        total = sum((line.price * line.quantity for line in lines), Decimal(0))
    values = {"customer": customer, "status": status, "placed_at": placed_at, "total": total}
    order, changed = _save(Order, {"shop": shop, "number": number}, values)
    _save_lines(order, lines)
    return _told(order, changed, verb="commerce.save-order", shop=shop, by=by, at=at)


@transaction.atomic
def save_parcel(
    *,
    order: Order,
    carrier: str,
    tracking_number: str,
    status: str,
    events: Sequence[dict[str, str]],
    updated_at: datetime,
    by: User | None,
    at: datetime,
) -> Parcel:
    """A parcel of the order. `events` are {at (ISO 8601), place, text} and are kept newest first."""
    values = {
        "carrier": carrier,
        "status": status,
        "events": _newest_first(events),
        "updated_at": updated_at,
    }
    parcel, changed = _save(Parcel, {"order": order, "tracking_number": tracking_number}, values)
    return _told(parcel, changed, verb="commerce.save-parcel", shop=order.shop, by=by, at=at)


def _new_shop() -> dict[str, Any]:
    return {"identity_key": identity.new_key()}


def _save(
    model: type[M], key: dict[str, Any], values: dict[str, Any], at_birth: dict[str, Any] | None = None
) -> tuple[M, list[str]]:
    """The row of this key with these values, and the names of the fields that changed (all, of a new row)."""
    row = model._default_manager.select_for_update().filter(**key).first()
    if row is None:
        row = model(**key, **values, **(at_birth or {}))
        changed = list(values)
    else:
        changed = [field for field, value in values.items() if getattr(row, field) != value]
        for field in changed:
            setattr(row, field, values[field])
    if changed:
        _check_fields(row)
        row.save()
    return row, changed


def _check_fields(row: models.Model) -> None:
    relations = {field.name for field in row._meta.concrete_fields if field.is_relation}
    try:
        row.clean_fields(exclude={*relations, "events"})
    except ValidationError as bad:
        field, problems = next(iter(bad.message_dict.items()))
        raise BadRecord(field=field, problem=problems[0]) from bad


def _check_lines(shop: Shop, customer: Customer, lines: Sequence[Bought]) -> None:
    if not lines or any(line.quantity < 1 for line in lines):
        raise NothingBought
    if customer.shop_id != shop.pk or any(line.variant.product.shop_id != shop.pk for line in lines):
        raise ForeignRow


def _save_lines(order: Order, lines: Sequence[Bought]) -> None:
    """Writes the lines of a new order; refuses other lines for an old one, since tickets point at them."""
    told = sorted((line.variant.pk, line.quantity, line.price) for line in lines)
    known = sorted(order.lines.values_list("variant_id", "quantity", "price"))
    if known and known != told:
        raise OrderLinesDiffer
    if not known:
        OrderLine.objects.bulk_create(
            OrderLine(order=order, variant=line.variant, quantity=line.quantity, price=line.price)
            for line in lines
        )


def _newest_first(events: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(events, key=_moment, reverse=True)


def _moment(event: dict[str, str]) -> datetime:
    if set(event) != {"at", "place", "text"} or not all(isinstance(v, str) for v in event.values()):
        raise BadRecord(field="events", problem=_("Each event has the texts at, place and text."))
    try:
        moment = datetime.fromisoformat(event["at"])
    except ValueError as bad:
        raise BadRecord(field="events", problem=OF_TIMES) from bad
    if moment.tzinfo is None:
        raise BadRecord(field="events", problem=OF_TIMES)
    return moment


def _told(row: M, changed: list[str], *, verb: str, shop: Shop, by: User | None, at: datetime) -> M:
    """One line in the audit trail when anything changed; names of fields only, never a customer's data."""
    if changed:
        audit.record(by=by, verb=verb, on=row, at=at, shop_key=shop.key, fields=changed)
    return row
