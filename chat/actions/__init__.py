"""The verbs of a conversation. Doors check who may, verbs do it: one transaction, wake-ups after commit."""

from chat.actions.cases import open_ticket_for, tell_of_ticket
from chat.actions.displeasure import keep_lesson, take_upset_per_hour
from chat.actions.ending import close, rate
from chat.actions.hearing import Heard, ask_for_person, choose, hear_customer, show_photo
from chat.actions.planning import planned_for, say_planned
from chat.actions.presence import desk_seen, set_presence
from chat.actions.queueing import release, take, transfer
from chat.actions.saying import note, say
from chat.actions.starting import Met, current_conversation, meet, start
from chat.actions.thumbing import thumb, thumb_as_agent

__all__ = [
    "Heard",
    "Met",
    "ask_for_person",
    "choose",
    "close",
    "current_conversation",
    "desk_seen",
    "hear_customer",
    "keep_lesson",
    "meet",
    "note",
    "open_ticket_for",
    "planned_for",
    "rate",
    "release",
    "say",
    "say_planned",
    "set_presence",
    "show_photo",
    "start",
    "take",
    "take_upset_per_hour",
    "tell_of_ticket",
    "thumb",
    "thumb_as_agent",
    "transfer",
]
