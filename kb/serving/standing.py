"""How far a release has got: which of the processes that live answer from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cscore.commerce.models import Shop
from kb.models import Release, ServingProcess
from kb.serving.watch import BEAT_EVERY

# Three heartbeats missed: the process has ended, or cannot say anything.
COUNTED_FOR: Final = 3 * BEAT_EVERY
FRESH_FOR: Final = timedelta(minutes=2)
MOST_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Behind:
    """A process that has not said yet that it took the release in."""

    process: UUID
    release: int
    silent_s: float

    def __str__(self) -> str:
        sentence = _("%(process)s still says release %(release)s (heard of %(seconds).0f s ago)")
        return sentence % {
            "process": str(self.process)[-6:],
            "release": self.release,
            "seconds": self.silent_s,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """`seconds`: from the click until the last process had it; None while one is behind, or none was there then."""

    shop: Shop
    release: int
    live: int
    of: int
    seconds: float | None
    behind: tuple[Behind, ...]

    @property
    def everywhere(self) -> bool:
        """Whether every process that lives answers from it."""
        return self.of > 0 and not self.behind

    def __str__(self) -> str:
        if not self.of:
            return _("Release %(release)s: no web process has said yet what it serves.") % {
                "release": self.release
            }
        sentence = ngettext(
            "Release %(release)s is live on %(live)s of %(of)s process",
            "Release %(release)s is live on %(live)s of %(of)s processes",
            self.of,
        )
        told = sentence % {"release": self.release, "live": self.live, "of": self.of}
        if self.seconds is None:
            return told
        return _("%(told)s, %(seconds).1f s") % {"told": told, "seconds": self.seconds}


def standing(shop: Shop, release: int, released_at: datetime, at: datetime) -> Standing:
    """Where this release stands at a moment. One query."""
    alive = ServingProcess.objects.filter(shop=shop, seen_at__gte=at - COUNTED_FOR).order_by("process")
    rows = list(alive)
    behind = tuple(
        Behind(row.process, row.release, max(0.0, (at - row.seen_at).total_seconds()))
        for row in rows
        if row.release < release
    )
    took = [] if behind else [row.live_at for row in rows if _switched(row, release, released_at)]
    seconds = max((max(took) - released_at).total_seconds(), 0.0) if took else None
    return Standing(shop, release, len(rows) - len(behind), len(rows), seconds, behind)


def newest(shops: Sequence[Shop], at: datetime, *, within: timedelta | None = None) -> list[Standing]:
    """Where the newest release of each of these shops stands, of a few shops that published last.

    `within` leaves out releases that are older than that.
    """
    rows = Release.objects.filter(shop__in=shops)
    if within is not None:
        rows = rows.filter(at__gte=at - within)
    last = rows.values("shop").annotate(number=Max("number"), at=Max("at")).order_by("-at")[:MOST_SHOWN]
    by_id = {shop.pk: shop for shop in shops}
    return [standing(by_id[row["shop"]], row["number"], row["at"], at) for row in last]


def _switched(row: ServingProcess, release: int, released_at: datetime) -> bool:
    """Whether the row tells when this process went over to the release: it was there before, and nothing followed."""
    return row.release == release and _started_at(row.process) <= released_at


def _started_at(process: UUID) -> datetime:
    """A process's id is made when it starts, and its first 48 bits are the milliseconds since 1970 (UUIDv7)."""
    return datetime.fromtimestamp((process.int >> 80) / 1000, tz=UTC)
