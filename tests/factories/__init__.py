"""The smallest valid rows: a test states only what it is about, everything else has a default."""

from tests.factories.chat import make_conversation, make_message
from tests.factories.commerce import (
    make_customer,
    make_order,
    make_parcel,
    make_product,
    make_shop,
    make_variant,
)
from tests.factories.kb import make_article
from tests.factories.people import make_person
from tests.factories.tickets import make_ticket
from tests.factories.times import MONDAY_9AM
from tests.factories.tokens import make_token

__all__ = [
    "MONDAY_9AM",
    "make_article",
    "make_conversation",
    "make_customer",
    "make_message",
    "make_order",
    "make_parcel",
    "make_person",
    "make_product",
    "make_shop",
    "make_ticket",
    "make_token",
    "make_variant",
]
