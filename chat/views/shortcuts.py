"""The desk's keys: (key, action that the script knows, what people read)."""

from django.utils.translation import gettext_lazy as _

SHORTCUTS = (
    ("j", "next", _("Next conversation")),
    ("k", "previous", _("Previous conversation")),
    ("x", "take-next", _("Take the next one that waits")),
    ("t", "take", _("Take this conversation")),
    ("r", "reply", _("Write a reply")),
    ("n", "note", _("Write a note")),
    ("1", "insert-1", _("Insert the first suggestion")),
    ("2", "insert-2", _("Insert the second suggestion")),
    ("3", "insert-3", _("Insert the third suggestion")),
    ("/", "search", _("Search articles")),
    ("o", "ticket", _("Open a ticket")),
    ("p", "presence", _("Take chats, or pause")),
    ("?", "help", _("Show this list")),
)
