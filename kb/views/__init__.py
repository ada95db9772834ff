"""Doors beside the admin."""
