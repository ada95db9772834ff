"""What a rule is and what a finding is. Values only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from django.utils.translation import gettext_lazy as _


class Family(StrEnum):
    """What a rule protects the shop from."""

    ABSOLUTE = "absolute"
    PROMISE = "promise"
    HEALTH = "health"
    CONTACT = "contact"
    REVIEW = "review"
    PERSONAL = "personal"
    CONDUCT = "conduct"
    PRICE = "price"


class Scope(StrEnum):
    """Who is speaking, or where the text will stand."""

    BOT = "bot"
    AGENT = "agent"
    ARTICLE = "article"
    QUICK_REPLY = "quick_reply"


class Action(StrEnum):
    """What happens to a text in which the rule found something; only BLOCK keeps it from being sent."""

    BLOCK = "block"
    REPLACE = "replace"
    WARN = "warn"
    FLAG = "flag"


class Severity(IntEnum):
    MINOR = 1
    SERIOUS = 2
    GRAVE = 3


EVERYWHERE = frozenset(Scope)
LONGEST_NEGATION = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that may not be said.

    `words` and `exceptions` are templates (see template.py); a plain word is the simplest template. A place is lawful
    when a match of an exception touches it, or when a negation stands within `negation` characters of it in the same
    clause (0: negation is no excuse). The rule holds from `effective_from` to `effective_to`, both days included.
    `suggestion` is the wording to use instead; with Action.REPLACE it is put in the place of the words found.

    Raises ValueError for a rule that contradicts itself. A bad template shows when a Checker is built.
    """

    key: str
    family: Family
    words: tuple[str, ...]
    action: Action
    severity: Severity
    clause: str
    suggestion: str
    example: str = ""
    exceptions: tuple[str, ...] = ()
    negation: int = 0
    scopes: frozenset[Scope] = EVERYWHERE
    effective_from: date | None = None
    effective_to: date | None = None

    def __post_init__(self) -> None:
        if not self.key or not self.words:
            raise ValueError(_("A rule needs a key and at least one word."))
        if not 0 <= self.negation <= LONGEST_NEGATION:
            raise ValueError(
                _("%(key)s: a negation reaches from 0 to %(most)s characters.")
                % {"key": self.key, "most": LONGEST_NEGATION}
            )
        if self.effective_from and self.effective_to and self.effective_from > self.effective_to:
            raise ValueError(_("%(key)s: the rule ends before it begins.") % {"key": self.key})

    def holds(self, *, scope: Scope, on: date) -> bool:
        """Whether the rule speaks about this kind of text on this day."""
        begun = self.effective_from is None or self.effective_from <= on
        ended = self.effective_to is not None and self.effective_to < on
        return scope in self.scopes and begun and not ended


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in the original text, `text == original[start:end]`, and why it may not be said."""

    rule: str
    family: Family
    start: int
    end: int
    text: str
    action: Action
    severity: Severity
    clause: str
    suggestion: str

    @property
    def blocks(self) -> bool:
        return self.action is Action.BLOCK


def without_overlaps(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding per place, in the order of the text.

    A finding that blocks is never hidden by one that does not; then the longer wins, then the more severe, then the
    earlier, then the key that sorts first.
    """
    taken: set[int] = set()
    kept = []
    for finding in sorted(findings, key=_weight):
        place = range(finding.start, finding.end)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))


def _weight(finding: Finding) -> tuple[bool, int, int, int, str]:
    length = finding.end - finding.start
    return not finding.blocks, -length, -finding.severity, finding.start, finding.rule
