"""What staffing is planned from: when people were asked for, and how chats with people ran."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from uuid import UUID

from django.db.models import Min

from analytics.kpis.turns import Author as Voice
from analytics.kpis.turns import Line
from analytics.staffing.demand import HALF_HOURS, DayCounts
from chat.models import Author, Conversation, HandOff, Message
from cscore.commerce.models import Shop

WEEKS_BACK, CHAT_DAYS = 13, 28


def days_of_demand(shop: Shop, *, before: date, zone: tzinfo) -> tuple[DayCounts, ...]:
    """Hand-overs to people by half-hour, for every whole day of the last 13 weeks in which the shop was open.

    The shop counts as open from its first conversation on; a day without a hand-over is a day of zeros.
    """
    opened: datetime | None = Conversation.objects.filter(shop=shop).aggregate(first=Min("opened_at"))[
        "first"
    ]
    if opened is None:
        return ()
    # The day of the first conversation is not whole.
    first = max(opened.astimezone(zone).date() + timedelta(days=1), before - timedelta(weeks=WEEKS_BACK))
    since = datetime.combine(first, datetime.min.time(), zone)
    moments = HandOff.objects.filter(conversation__shop=shop, at__gte=since).order_by()
    counts: Counter[tuple[date, int]] = Counter()
    for moment in moments.values_list("at", flat=True):
        local = moment.astimezone(zone)
        counts[local.date(), local.hour * 2 + local.minute // 30] += 1
    days = (first + timedelta(days=number) for number in range((before - first).days))
    return tuple(
        DayCounts(day, tuple(float(counts[day, slot]) for slot in range(HALF_HOURS))) for day in days
    )


def chats_with_people(shop: Shop, *, at: datetime) -> Iterator[tuple[Line, ...]]:
    """The lines of every closed conversation of the last four weeks that a person took."""
    found = Message.objects.filter(
        conversation__shop=shop,
        conversation__opened_at__gte=at - timedelta(days=CHAT_DAYS),
        conversation__taken_at__isnull=False,
        conversation__closed_at__isnull=False,
    ).exclude(author=Author.SYSTEM)
    rows = found.order_by("conversation_id", "seq").values_list("conversation_id", "seq", "author", "at")
    for _, lines in groupby(rows, key=_conversation):
        yield tuple(Line(seq, Voice(author), said_at) for _, seq, author, said_at in lines)


def _conversation(row: tuple[UUID, int, str, datetime]) -> UUID:
    return row[0]
