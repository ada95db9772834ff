"""What may not be said in a shop: its own rules beside the starter set."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from cscore.commerce.models import Shop
from cscore.compliance.checker import Checker
from cscore.compliance.models import Rule
from cscore.compliance.rules import Finding, Scope, without_overlaps
from cscore.compliance.rules import Rule as PureRule
from cscore.compliance.starter import starter_rules


@dataclass(frozen=True, slots=True)
class ShopChecker:
    """The starter rules that the shop did not replace, and its own."""

    starter: Checker
    own: Checker
    known: dict[tuple[str, Scope, date], tuple[Finding, ...]] | None = None

    def remembering(self) -> "ShopChecker":
        """One that reads each text once: for verbs that ask about the same thousands of texts several times."""
        return replace(self, known={})

    def find(self, text: str, *, scope: Scope, at: datetime) -> tuple[Finding, ...]:
        """What may not be said in this text at this time, in the order of the text and without overlaps."""
        day = _day(at)
        if self.known is None:
            return self._found(text, scope, day)
        if (text, scope, day) not in self.known:
            self.known[text, scope, day] = self._found(text, scope, day)
        return self.known[text, scope, day]

    def _found(self, text: str, scope: Scope, day: date) -> tuple[Finding, ...]:
        checkers = (self.starter, self.own)
        return without_overlaps(
            finding for checker in checkers for finding in checker.find(text, scope=scope, on=day)
        )


def checker_for(shop: Shop) -> ShopChecker:
    """The shop's checker as its rules stand now: one query; compiled anew only when a rule has changed."""
    rows = list(Rule.objects.filter(shop=shop).order_by("key"))
    replaced = frozenset(row.key for row in rows) & _starter_keys()
    own = tuple(row.as_rule() for row in rows if row.active)
    return ShopChecker(_starter_checker(replaced), _own_checker(own))


def find(*, text: str, scope: Scope, shop: Shop, at: datetime) -> tuple[Finding, ...]:
    """What this shop may not say here; warnings and notes as well as what blocks."""
    return checker_for(shop).find(text, scope=scope, at=at)


@lru_cache(maxsize=8)
def _day(at: datetime) -> date:
    return timezone.localdate(at)


@lru_cache(maxsize=1)
def _starter_keys() -> frozenset[str]:
    return frozenset(rule.key for rule in starter_rules())


@lru_cache(maxsize=16)
def _starter_checker(replaced: frozenset[str]) -> Checker:
    return Checker(rule for rule in starter_rules() if rule.key not in replaced)


@lru_cache(maxsize=128)
def _own_checker(rules: tuple[PureRule, ...]) -> Checker:
    return Checker(rules)
