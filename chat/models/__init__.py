from chat.models.conversation import Conversation, HandOff, HandOffReason, State, Visitor
from chat.models.message import Author, BotTurn, Message, Note
from chat.models.presence import Presence

__all__ = [
    "Author",
    "BotTurn",
    "Conversation",
    "HandOff",
    "HandOffReason",
    "Message",
    "Note",
    "Presence",
    "State",
    "Visitor",
]
