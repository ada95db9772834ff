from decimal import Decimal
from typing import Any

from cscore.commerce.models import (
    Customer,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    ParcelStatus,
    Product,
    Shop,
    Variant,
)
from tests.factories.times import MONDAY_9AM, next_number


def make_shop(**fields: Any) -> Shop:
    key = fields.pop("key", f"shop{next_number()}")
    defaults = {
        "name": key.title(),
        "identity_key": f"{key}-signs-its-customers-with-this-key".ljust(48, "k"),
    }
    return Shop.objects.create(key=key, **defaults | fields)


def make_customer(*, shop: Shop, **fields: Any) -> Customer:
    number = next_number()
    defaults = {"external_id": f"C{number}", "name": f"Customer {number}", "phone": f"138{number:08d}"}
    return Customer.objects.create(shop=shop, **defaults | fields)


def make_product(*, shop: Shop, **fields: Any) -> Product:
    number = next_number()
    defaults = {"sku": f"P-{number}", "name": f"Product {number}", "price": Decimal("99.00")}
    return Product.objects.create(shop=shop, **defaults | fields)


def make_variant(*, product: Product, **fields: Any) -> Variant:
    defaults = {"sku": f"V-{next_number()}", "name": "Blue", "price": product.price, "stock": 10}
    return Variant.objects.create(product=product, **defaults | fields)


def make_order(*, customer: Customer, variants: tuple[Variant, ...] = (), **fields: Any) -> Order:
    """An order of one piece of each variant (of a new product when none is given)."""
    variants = variants or (make_variant(product=make_product(shop=customer.shop)),)
    defaults = {
        "number": f"2026{next_number():08d}",
        "status": OrderStatus.SHIPPED,
        "placed_at": MONDAY_9AM,
        "total": sum((variant.price for variant in variants), Decimal(0)),
    }
    order = Order.objects.create(shop=customer.shop, customer=customer, **defaults | fields)
    for variant in variants:
        OrderLine.objects.create(order=order, variant=variant, quantity=1, price=variant.price)
    return order


def make_parcel(*, order: Order, **fields: Any) -> Parcel:
    defaults = {
        "carrier": "SF Express",
        "tracking_number": f"SF{next_number():010d}",
        "status": ParcelStatus.IN_TRANSIT,
        "events": [{"at": MONDAY_9AM.isoformat(), "place": "Hangzhou", "text": "Left the warehouse"}],
        "updated_at": MONDAY_9AM,
    }
    return Parcel.objects.create(order=order, **defaults | fields)
