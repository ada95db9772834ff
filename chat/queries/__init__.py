"""Reads: frozen answers to what the sockets ask."""
