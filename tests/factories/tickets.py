from datetime import timedelta
from typing import Any

from cscore.commerce.models import Shop
from tests.factories.times import MONDAY_9AM, next_number
from tickets.models import Kind, Ticket


def make_ticket(*, shop: Shop, **fields: Any) -> Ticket:
    """A new ticket as a row; a test about opening one calls tickets.actions.open_ticket instead."""
    opened_at = fields.pop("opened_at", MONDAY_9AM)
    defaults = {
        "number": f"X{next_number():06d}",
        "kind": Kind.RETURN,
        "reason": "The zip is broken.",
        "due_at": opened_at + timedelta(hours=24),
        "updated_at": opened_at,
    }
    return Ticket.objects.create(shop=shop, opened_at=opened_at, **defaults | fields)
