"""Reads from chat, tickets and commerce. A page's number of queries does not depend on how much there is."""
