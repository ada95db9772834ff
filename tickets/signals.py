"""What tickets announce to the floors above, after commit."""

from django.dispatch import Signal

# Sent with sender=Ticket and ticket_id after a ticket was moved.
ticket_moved = Signal()
