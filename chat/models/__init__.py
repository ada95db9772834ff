from chat.models.conversation import Conversation, HandOff, HandOffReason, State, Visitor
from chat.models.learning import (
    BotSettings,
    Correction,
    DispleasureLesson,
    Gap,
    GapQuestion,
    GapState,
    JobState,
    Recall,
    Replay,
    Thumb,
)
from chat.models.message import Author, BotTurn, Message, Note
from chat.models.planned import PlannedReply
from chat.models.presence import Presence

__all__ = [
    "Author",
    "BotSettings",
    "BotTurn",
    "Conversation",
    "Correction",
    "DispleasureLesson",
    "Gap",
    "GapQuestion",
    "GapState",
    "HandOff",
    "HandOffReason",
    "JobState",
    "Message",
    "Note",
    "PlannedReply",
    "Presence",
    "Recall",
    "Replay",
    "State",
    "Thumb",
    "Visitor",
]
