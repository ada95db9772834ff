"""Hears what kb and tickets announce and tells the conversations concerned."""
