"""What came of asking a language model: words that were used, or why they were not."""

from enum import StrEnum


class Outcome(StrEnum):
    """Kept with the bot's turn (BotTurn.wording) and told in words by chat.queries.reasons."""

    WORDED = "worded"
    INTERRUPTED = "interrupted"
    BUSY = "busy"
    RESTING = "resting"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    TOO_MUCH = "too-much"
    EMPTY = "empty"
    CITES_NOTHING = "cites-nothing"
    CITES_UNKNOWN = "cites-unknown"
    LEAVES_OUT = "leaves-out"
    NOT_PLAIN = "not-plain"
    INVENTS = "invents"
    REVERSES = "reverses"
    UNLAWFUL = "unlawful"
    BROKEN = "broken"


# What says that the server behind the address is not well, and not merely that one text is no good.
FAULTS = frozenset({Outcome.UNREACHABLE, Outcome.SLOW, Outcome.REFUSED, Outcome.UNREADABLE, Outcome.TOO_MUCH})


class NoWords(Exception):  # noqa: N818 - an outcome, not a fault of ours
    """The plain answer is said; `outcome` is why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome
