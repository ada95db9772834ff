"""Customers and orders as cards: what the bot may say about them and what agents see beside a chat."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.templatetags.static import static

from cscore.commerce.models import Customer, Order, OrderStatus, Parcel, ParcelStatus, Shop, Tier
from cscore.commerce.models.order import OrderQuerySet

NOT_SPENT = (OrderStatus.PENDING_PAYMENT, OrderStatus.CANCELLED, OrderStatus.REFUNDED)

# What may be the number of an order or a parcel: a run of letters, digits and hyphens with a digit in it.
NUMBER = re.compile(r"(?=[A-Z-]*\d)[A-Z0-9][A-Z0-9-]{5,39}", re.ASCII | re.IGNORECASE)
# The last four digits of a phone, or the whole of it: never the end of some longer number.
PHONE = re.compile(r"(?<![\dA-Z-])(?:\d{4}|\d{8,15})(?!\d)", re.ASCII | re.IGNORECASE)
MOST_NUMBERS = 8


@dataclass(frozen=True)
class Line:
    id: int
    name: str
    quantity: int
    image: str


@dataclass(frozen=True)
class ParcelCard:
    carrier: str
    tracking_number: str
    status: ParcelStatus
    events: tuple[dict[str, str], ...]

    def as_part(self) -> dict[str, Any]:
        """The protocol's part `parcel`, names in the language active now."""
        return {
            "kind": "parcel",
            "carrier": self.carrier,
            "tracking_number": self.tracking_number,
            "status": self.status.value,
            "status_name": str(self.status.label),
            "events": list(self.events),
        }


@dataclass(frozen=True)
class OrderCard:
    id: int
    number: str
    status: OrderStatus
    placed_at: datetime
    total: Decimal
    lines: tuple[Line, ...]
    parcels: tuple[ParcelCard, ...]

    def as_part(self) -> dict[str, Any]:
        """The protocol's part `order`, names in the language active now."""
        return {
            "kind": "order",
            "number": self.number,
            "status": self.status.value,
            "status_name": str(self.status.label),
            "placed_at": self.placed_at.isoformat(),
            "total": str(self.total),
            "items": [
                {"name": line.name, "quantity": line.quantity, "image": line.image} for line in self.lines
            ],
        }

    def as_desk_row(self) -> dict[str, Any]:
        """An element of `orders` in the desk's `customer` frame."""
        return self.as_part() | {
            "id": self.id,
            "lines": [{"id": line.id, "name": line.name, "quantity": line.quantity} for line in self.lines],
            "parcels": [parcel.as_part() for parcel in self.parcels],
        }


@dataclass(frozen=True)
class CustomerCard:
    name: str
    tier: Tier
    phone: str
    city: str
    member_since: date | None
    orders_count: int
    spent: Decimal

    def as_fields(self) -> dict[str, Any]:
        """`customer` in the desk's `customer` frame; the phone is masked already."""
        return {
            "name": self.name,
            "tier": self.tier.value,
            "tier_name": str(self.tier.label),
            "phone": self.phone,
            "city": self.city,
            "member_since": self.member_since.isoformat() if self.member_since else None,
            "orders_count": self.orders_count,
            "spent": str(self.spent),
        }


def customer_card(customer: Customer) -> CustomerCard:
    """Who the customer is and what he spent (paid and not refunded); one query."""
    sums = customer.orders.aggregate(count=Count("pk"), spent=Sum("total", filter=~Q(status__in=NOT_SPENT)))
    return CustomerCard(
        name=customer.name,
        tier=Tier(customer.tier),
        phone=customer.masked_phone,
        city=customer.city,
        member_since=customer.member_since,
        orders_count=sums["count"],
        spent=sums["spent"] or Decimal(0),
    )


def order_card(order: Order) -> OrderCard:
    """The order with its lines and parcels; no query for an order read through with_contents()."""
    return OrderCard(
        id=order.pk,
        number=order.number,
        status=OrderStatus(order.status),
        placed_at=order.placed_at,
        total=order.total,
        lines=tuple(
            Line(
                id=line.pk,
                name=str(line.variant),
                quantity=line.quantity,
                image=picture(line.variant.product.image),
            )
            for line in order.lines.all()
        ),
        parcels=tuple(_parcel_card(parcel) for parcel in order.parcels.all()),
    )


def recent_orders(customer: Customer, limit: int) -> list[OrderCard]:
    """The customer's newest orders; three queries however many."""
    return [order_card(order) for order in customer.orders.with_contents().newest_first()[:limit]]


def find_order(shop: Shop, customer: Customer | None, text: str) -> OrderCard | None:
    """The order whose number, or whose parcel's number, stands in the text.

    A customer we know finds his own orders only; a stranger must also give the last four digits of the
    customer's phone. Four queries at most.
    """
    numbers = numbers_in(text)
    if not numbers:
        return None
    rows = Order.objects.filter(shop=shop).filter(
        Q(number__in=numbers) | Q(parcels__tracking_number__in=numbers)
    )
    rows = rows.filter(customer=customer) if customer else _of_phone_in(rows, text)
    order = rows.distinct().with_contents().newest_first().first()
    return order_card(order) if order else None


def numbers_in(text: str) -> list[str]:
    """What looks like a number of an order or parcel, as written and in capitals; at most MOST_NUMBERS."""
    written = NUMBER.findall(unicodedata.normalize("NFKC", text))[:MOST_NUMBERS]
    return list(dict.fromkeys([*written, *(number.upper() for number in written)]))


def picture(image: str) -> str:
    """The address of a product's picture: a full address as it is, else a static file; empty stays empty."""
    return image if not image or image.startswith(("https://", "/")) else static(image)


def _of_phone_in(rows: OrderQuerySet, text: str) -> OrderQuerySet:
    tails = PHONE.findall(unicodedata.normalize("NFKC", text))[:MOST_NUMBERS]
    matches = Q()
    for tail in tails:
        matches |= Q(customer__phone__endswith=tail)
    return rows.filter(matches) if tails else rows.none()


def _parcel_card(parcel: Parcel) -> ParcelCard:
    return ParcelCard(
        carrier=parcel.carrier,
        tracking_number=parcel.tracking_number,
        status=ParcelStatus(parcel.status),
        events=tuple(parcel.events),
    )
