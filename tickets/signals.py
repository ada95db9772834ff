"""What tickets announce to the floors above, inside the move's own transaction.

What a floor writes in answer is stored together with the move, or neither is.
"""

from django.dispatch import Signal

# Sent with sender=Ticket, ticket_id and the time, when a ticket is moved.
ticket_moved = Signal()
