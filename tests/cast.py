"""The people that the tests are about, and the two shops they live in."""

from decimal import Decimal

import pytest

from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce.models import Customer, Order, Shop, Tier
from tests.factories import (
    MONDAY_9AM,
    make_customer,
    make_order,
    make_parcel,
    make_person,
    make_product,
    make_shop,
    make_variant,
)


@pytest.fixture
def shop(db: None) -> Shop:
    return make_shop(key="shanye", name="Shanye Outdoor")


@pytest.fixture
def other_shop(db: None) -> Shop:
    return make_shop(key="haitang", name="Haitang Home")


@pytest.fixture
def mei(shop: Shop) -> User:
    """An agent."""
    return make_person(username="mei", role=Role.AGENT, shops=(shop,))


@pytest.fixture
def omar(shop: Shop) -> User:
    """The team's lead."""
    return make_person(username="omar", role=Role.LEAD, shops=(shop,))


@pytest.fixture
def lin(shop: Shop) -> User:
    """Writes the articles."""
    return make_person(username="lin", role=Role.EDITOR, shops=(shop,))


@pytest.fixture
def zhou(shop: Shop) -> User:
    """Reads the figures."""
    return make_person(username="zhou", role=Role.ANALYST, shops=(shop,))


@pytest.fixture
def ada(shop: Shop) -> User:
    """Administrator of the shop, of no other."""
    return make_person(username="ada", role=Role.ADMINISTRATOR, shops=(shop,))


@pytest.fixture
def root(db: None) -> User:
    """The superuser: administrator of the whole installation."""
    return make_person(username="root", role=Role.ADMINISTRATOR, is_superuser=True)


@pytest.fixture
def vera(other_shop: Shop) -> User:
    """An agent of the other shop, who sees nothing of this one."""
    return make_person(username="vera", role=Role.AGENT, shops=(other_shop,))


@pytest.fixture
def li(shop: Shop) -> Customer:
    """A customer of the shop."""
    return make_customer(shop=shop, external_id="C1001", name="Li Na", phone="13800138000", tier=Tier.GOLD)


@pytest.fixture
def order(li: Customer) -> Order:
    """Li's order: a tent and a lamp, shipped, with a parcel on its way."""
    tent = make_product(shop=li.shop, sku="TENT-2", name="Two-person tent", price=Decimal("399.00"))
    lamp = make_product(shop=li.shop, sku="LAMP-1", name="Camping lamp", price=Decimal("69.00"))
    order = make_order(
        customer=li,
        number="202606010001",
        placed_at=MONDAY_9AM,
        variants=(
            make_variant(product=tent, sku="TENT-2-G", name="Green"),
            make_variant(product=lamp, sku="LAMP-1-W", name="Warm light"),
        ),
    )
    make_parcel(order=order, tracking_number="SF1234567890")
    return order
