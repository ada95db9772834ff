"""The verbs of a conversation. Doors check who may, verbs do it: one transaction, wake-ups after commit."""

from chat.actions.cases import open_ticket_for, tell_of_ticket
from chat.actions.ending import close, rate
from chat.actions.hearing import Heard, ask_for_person, choose, hear_customer
from chat.actions.presence import desk_seen, set_presence
from chat.actions.queueing import release, take, transfer
from chat.actions.saying import note, say
from chat.actions.starting import Met, current_conversation, meet, start

__all__ = [
    "Heard",
    "Met",
    "ask_for_person",
    "choose",
    "close",
    "current_conversation",
    "desk_seen",
    "hear_customer",
    "meet",
    "note",
    "open_ticket_for",
    "rate",
    "release",
    "say",
    "set_presence",
    "start",
    "take",
    "tell_of_ticket",
    "transfer",
]
