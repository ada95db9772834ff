"""Announcements to upper floors, sent after commit."""

from django.dispatch import Signal

# Sent with `person_id` when a person's role, shops or standing changed.
rights_changed = Signal()
