"""The conversations behind a number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from analytics.kpis.cases import SELECTIONS, Case
from analytics.period import Period
from analytics.queries.cases import cases
from analytics.queries.knowledge import questions_of
from analytics.queries.rows import Span
from analytics.reports.articles import LISTS, listed_ids
from chat.models import HandOffReason
from cscore.commerce.models import Shop
from cscore.common.errors import NotFound

REASON, ARTICLE = "reason-", "article-"


@dataclass(frozen=True, slots=True)
class CaseList:
    """`cases` newest first. `key` is what the address says: a selection, `reason-...` or `article-...`."""

    key: str
    title: str | Promise
    cases: tuple[Case, ...]


def case_list(shop: Shop, period: Period, key: str, at: datetime) -> CaseList:
    """Counted by the same conditions as the figures. Raises NotFound for an unknown key."""
    span = Span(shop, period.since, period.until)
    if of_article := _of_article(key):
        article, what = of_article
        title = LISTS[what] % {"question": _question(shop, article)}
        found = cases(span, at)
        ids = listed_ids(span, found, article, what)
        return CaseList(key, title, tuple(case for case in reversed(found) if case.id in ids))
    title, holds = _named(shop, key)
    found = cases(span, at)
    return CaseList(key, title, tuple(case for case in reversed(found) if holds(case)))


def _named(shop: Shop, key: str) -> tuple[str | Promise, Callable[[Case], bool]]:
    if key in SELECTIONS:
        return SELECTIONS[key].title, SELECTIONS[key].holds
    if key.startswith(REASON) and (reason := key.removeprefix(REASON)) in HandOffReason.values:
        title = _("Handed over: %(reason)s") % {"reason": HandOffReason(reason).label}
        return title, lambda case: reason in case.reasons
    if key.startswith(ARTICLE) and (number := key.removeprefix(ARTICLE)).isdecimal():
        article = int(number)
        title = _("Answered from: %(question)s") % {"question": _question(shop, article)}
        return title, lambda case: article in case.articles
    raise NotFound


def _of_article(key: str) -> tuple[int, str] | None:
    """The article and the number that `article-7-helped` stands for."""
    number, _parted, what = key.removeprefix(ARTICLE).partition("-")
    is_one = key.startswith(ARTICLE) and number.isdecimal() and len(number) < 19 and what in LISTS
    return (int(number), what) if is_one else None


def _question(shop: Shop, article: int) -> str:
    """Raises NotFound for an article of another shop."""
    found = questions_of(shop, [article])
    if article not in found:
        raise NotFound
    return found[article]
