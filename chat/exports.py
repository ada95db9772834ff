"""What leaves the chat as a file."""

import csv
import io
from collections.abc import Iterable

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from chat.learning.reading import Shown
from chat.learning.told import Told
from kb.tables import escaped


def replay_csv(rows: Iterable[Shown]) -> bytes:
    """The rows of a replay, with the mark by which spreadsheet programs know UTF-8, and no cell that they compute."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [
            _("What changes"),
            _("Question"),
            _("Times asked"),
            _("Customers"),
            _("Articles before"),
            _("Answer before"),
            _("Articles after"),
            _("Answer after"),
            _("Conversation"),
        ]
    )
    for one in rows:
        cells = [
            one.name,
            one.question,
            str(one.row.times),
            str(one.row.customers),
            " / ".join(article.question for article in one.before),
            one.row.before.text,
            " / ".join(article.question for article in one.after),
            one.row.after.text,
            str(one.conversation or ""),
        ]
        writer.writerow([escaped(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def told_csv(rows: Iterable[Told]) -> bytes:
    """Who was told a version, one conversation a row, as safe for spreadsheets as the other."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [
            _("Conversation"),
            _("Customer"),
            _("Customer number"),
            _("First told"),
            _("Times told"),
            _("Told by the bot"),
            _("Told by an agent"),
            _("Corrected"),
        ]
    )
    marks = {True: _("yes"), False: _("no")}
    for one in rows:
        customer = one.conversation.customer
        cells = [
            one.conversation.number,
            customer.name if customer else "",
            customer.external_id if customer else "",
            f"{localtime(one.at):%Y-%m-%d %H:%M:%S}",
            str(one.times),
            *(marks[mark] for mark in (one.by_bot, one.by_agent, one.corrected)),
        ]
        writer.writerow([escaped(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")
