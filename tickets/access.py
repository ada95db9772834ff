"""The only way to get a ticket for a person."""

from cscore.accounts.models import User
from cscore.commerce.tenancy import reach
from tickets.models import Ticket


def ticket_for(person: User, ticket_id: int) -> Ticket:
    """Raises NotFound alike for a missing ticket and one of a shop that is not the person's."""
    return reach(Ticket.objects.select_related("shop"), person, pk=ticket_id)
