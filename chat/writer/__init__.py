"""The one door through which a message becomes a row."""

from chat.writer.append import append
from chat.writer.draft import Draft
from chat.writer.once import AlreadySentDifferently, sent_before
from chat.writer.row_lock import lock

__all__ = ["AlreadySentDifferently", "Draft", "append", "lock", "sent_before"]
