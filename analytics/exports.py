"""The conversations behind a figure as a CSV file that no spreadsheet takes for formulas."""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.queries.listing import ListedCase

# A cell that begins with one of these is a formula in some spreadsheet; the wide ones in East Asian versions.
FORMULA_BEGINS = frozenset("=+-@\t\r\n＝＋－＠")
# Spreadsheets take a file without this mark for the local code page and garble Chinese.
BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | float | None


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def safe(cell: Cell) -> Cell:
    """The cell as text that stays text: an apostrophe goes before what a spreadsheet would compute."""
    if not isinstance(cell, str):
        return cell
    first = cell.lstrip(" \u3000\u00a0")[:1]
    return f"'{cell}" if first in FORMULA_BEGINS and first else cell


def columns(zone: tzinfo) -> dict[Promise, Callable[[ListedCase], Cell]]:
    """Heading and content of every column; times in the shop's time zone."""

    def local(moment: datetime | None) -> str:
        return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") if moment else ""

    return {
        _("Conversation"): lambda row: row.number,
        _("Began"): lambda row: local(row.case.opened_at),
        _("Ended"): lambda row: local(row.case.closed_at),
        _("State"): lambda row: row.state,
        _("Outcome"): lambda row: row.outcome,
        _("Settled"): lambda row: int(row.case.watched),
        _("Customer number"): lambda row: row.customer_number,
        _("Agent"): lambda row: row.agent,
        _("Hand-over reasons"): lambda row: row.reasons,
        _("Question handed over"): lambda row: row.question,
        _("Messages"): lambda row: row.messages,
        _("Mean reply of the AI (s)"): lambda row: _mean(row.case.bot_seconds),
        _("Mean reply of people (s)"): lambda row: _mean(row.case.agent_seconds),
        _("Stars"): lambda row: row.case.stars,
        _("Comment"): lambda row: row.comment,
    }


def as_csv(rows: Iterable[ListedCase], zone: tzinfo) -> Iterator[str]:
    """The file line by line."""
    shown, writer = columns(zone), csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([str(heading) for heading in shown])
    for row in rows:
        yield writer.writerow([safe(content(row)) for content in shown.values()])


def _mean(seconds: tuple[float, ...]) -> float | None:
    return round(sum(seconds) / len(seconds), 3) if seconds else None
