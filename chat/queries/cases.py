"""Which of a conversation's cases something belongs to."""

from chat.models import Conversation
from tickets.models import Ticket
from tickets.rules import Kind


def case_of_photo(conversation: Conversation) -> Ticket | None:
    """The case that a photo sent now belongs to: the newest of this conversation that is open.

    None while the bot fills in another, which will have the photo, and for a call back, which is about no goods.
    """
    if conversation.bot_memory.get("form"):
        return None
    return conversation.tickets.still_open().exclude(kind=Kind.CALLBACK).order_by("-opened_at", "-pk").first()
