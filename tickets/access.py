"""The only way to get a ticket for a person."""

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import reach
from tickets.models import Ticket


def ticket_for(person: User, ticket_id: int) -> Ticket:
    """Raises NotFound alike for a missing ticket and one of a shop that is not the person's."""
    return reach(Ticket.objects.select_related("shop"), person, pk=ticket_id)


def ticket_numbered(person: User, shop: Shop, number: str) -> Ticket:
    """The same by number, which is unique inside a shop only."""
    return reach(Ticket.objects.select_related("shop"), person, shop=shop, number=number)
