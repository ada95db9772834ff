"""Whether a text asks for something about goods the customer has, and what."""

from chat.bot.patterns import ALREADY, POLICY, REQUESTS, SPEAKS_FOR_ITSELF, SUPPOSED, plain, said
from tickets.rules import Kind


def requested_kind(text: str) -> Kind | None:
    """The kind of case the customer wants opened; None for questions about the rules and everything else."""
    words = plain(text)
    if said(SUPPOSED, words) or said(ALREADY, words):
        return None
    asks_for_rules = said(POLICY, words)
    for kind, patterns in REQUESTS.items():
        if said(patterns, words) and (kind in SPEAKS_FOR_ITSELF or not asks_for_rules):
            return kind
    return None


def is_question(text: str) -> bool:
    """Whether the text asks something, as far as its words tell."""
    return said(POLICY, plain(text))
