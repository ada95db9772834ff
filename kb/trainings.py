"""How trainings came out, one after the other: whether answers are still right as often as asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from itertools import groupby
from math import sqrt
from typing import Final

from django.db.models import QuerySet

from cscore.commerce.models import Shop
from kb import live
from kb.matching import Report, Verdict
from kb.models import KnowledgeBase, MatcherArtefact
from kb.queries import Named, named
from kb.signals import verdicts_wanted

MOST_CONFUSED: Final = 5
# Older verdicts were given on another shop: its goods, its rules, its customers.
HEARD: Final = timedelta(days=180)
# Standard errors of a share that chance alone hardly ever takes away.
_BEYOND_CHANCE: Final = 2.0

Confused = tuple[Named, Named, int]


@dataclass(frozen=True, slots=True)
class Decline:
    """Since `release` fewer answers are right than asked; with `before` it had been enough."""

    shop: Shop
    release: int
    now: Report
    before_release: int
    before: Report
    confused: tuple[Confused, ...]


def verdicts_on(shop_id: int, *, since: datetime) -> list[Verdict]:
    """What people said of the shop's answers, by whichever floor above keeps it; one that fails is not heard."""
    heard = verdicts_wanted.send_robust(KnowledgeBase, shop_id=shop_id, since=since)
    return [verdict for _who, said in heard if not isinstance(said, Exception) for verdict in said]


def declines(shops: QuerySet[Shop]) -> list[Decline]:
    """One for every shop whose newest training fell short while one of the trainings before did not.

    One query when there is none.
    """
    rows = MatcherArtefact.objects.filter(shop__in=shops).order_by("shop_id", "-release")
    reports = rows.select_related("shop").defer("data")
    found = (_decline(list(group)) for _shop, group in groupby(reports, key=lambda row: row.shop_id))
    return [decline for decline in found if decline]


def confused(shop_id: int) -> list[Confused]:
    """Articles that were taken for each other in the newest training, most often first."""
    articles = named(shop_id)
    pairs = live.knowledge(shop_id).matcher.confusions()
    both_live = (pair for pair in pairs if pair[0] in articles and pair[1] in articles)
    return [(articles[one], articles[other], count) for one, other, count in both_live][:MOST_CONFUSED]


def falls_short(report: Report) -> bool:
    """Whether fewer of the wordings left out would be answered rightly than asked, by more than chance explains.

    The standard error is that of the asked share among as many wordings as would be answered: sqrt(p (1 - p) / n).
    """
    answered, asked = round(report.coverage * report.judged), report.asked_precision
    if not answered:
        return False
    return report.precision < asked - _BEYOND_CHANCE * sqrt(asked * (1 - asked) / answered)


def _decline(trainings: list[MatcherArtefact]) -> Decline | None:
    """Of one shop's trainings, the newest first."""
    judged = list(_judged(trainings))
    short = [falls_short(report) for _row, report in judged]
    if not short or not short[0] or all(short):
        return None
    enough = short.index(False)
    (since, _first), (before, kept) = judged[enough - 1], judged[enough]
    now = judged[0][1]
    return Decline(since.shop, since.release, now, before.release, kept, tuple(confused(since.shop_id)))


def _judged(trainings: Iterable[MatcherArtefact]) -> Iterator[tuple[MatcherArtefact, Report]]:
    """With their reports, but for those of a shop too small to judge, and of a matcher that reported otherwise."""
    names = {field.name for field in fields(Report)}
    for row in trainings:
        if row.report.keys() == names and row.report["judged"]:
            yield row, Report(**row.report)
