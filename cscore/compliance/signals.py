"""Announcements to upper floors, sent after commit."""

from django.dispatch import Signal

# Sent with `shop_id` when a rule of the shop's own was written, changed or switched off.
rules_changed = Signal()
