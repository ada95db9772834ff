"""What tickets announce to the floors above, after commit."""

from django.dispatch import Signal

# Sent with sender=Ticket, ticket_id, the state it was moved to and the time, after a ticket was moved.
ticket_moved = Signal()
