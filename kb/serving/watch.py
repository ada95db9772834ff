"""A web process's eye on releases: takes in a new one before anybody asks, and says in the database that it did.

Nobody waits for it. A question reads the release for itself (docs/adr/0002); without this the first customer after
a publish would wait for what is built here, and no page could say who has it.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Final
from uuid import UUID

from django.db import DatabaseError, close_old_connections, transaction

from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.ids import uuid7
from kb import live
from kb.models import ServingProcess
from kb.queries import Edition

LOOK_EVERY_S: Final = 0.25
# SQLite has one writer at a time: so a process that has no news writes this seldom.
BEAT_EVERY: Final = timedelta(seconds=5)
# A row that nobody renewed for this long is of a process that is gone.
FORGOTTEN_AFTER: Final = timedelta(hours=1)
_LONGEST_PAUSE_S: Final = 30.0

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Watch:
    """One process's rows: `told` is the release that they name, by shop."""

    process: UUID = field(default_factory=uuid7)
    now: Callable[[], datetime] = clock.now
    told: dict[int, int] = field(default_factory=dict)
    beat_at: datetime | None = None

    def look(self) -> None:
        """Renews what is held of every shop, and writes down what is new or, now and then, that this process lives."""
        held = self._renewed(live.shelf.held())
        news = {shop: release for shop, release in held.items() if self.told.get(shop) != release}
        if news:
            self._tell(news)
        if self.beat_at is None or self.now() - self.beat_at >= BEAT_EVERY:
            self._beat(held)

    def run(self, until: Event | None = None) -> None:
        """Looks until the process ends, or `until` is set. Whatever goes wrong, it waits longer and looks again."""
        until, pause = until or Event(), LOOK_EVERY_S
        while not until.wait(pause):
            pause = LOOK_EVERY_S if self._looked() else min(pause * 2, _LONGEST_PAUSE_S)
            close_old_connections()

    def _looked(self) -> bool:
        """Whether looking went well; no mishap of the watch may end it, or reach the customers beside it."""
        try:
            self.look()
        except DatabaseError as problem:
            log.warning("The database does not answer the watch on releases: %s", problem)
        except Exception:
            log.exception("The watch on releases stumbled.")
        else:
            return True
        return False

    def _renewed(self, held: Mapping[int, Edition]) -> dict[int, int]:
        """The release of each shop that is held, after taking in what has been published meanwhile."""
        columns = ("pk", "knowledge_base__release", "knowledge_base__trained_release")
        rows = Shop.objects.filter(pk__in=held).values_list(*columns) if held else []
        return {
            shop: held[shop].release
            if (held[shop].release, held[shop].trained) == (release or 0, trained or 0)
            else live.knowledge(shop).release
            for shop, release, trained in rows
        }

    def _tell(self, news: Mapping[int, int]) -> None:
        at = self.now()
        ServingProcess.objects.bulk_create(
            (
                ServingProcess(process=self.process, shop_id=shop, release=release, live_at=at, seen_at=at)
                for shop, release in news.items()
            ),
            update_conflicts=True,
            unique_fields=["process", "shop"],
            update_fields=["release", "live_at", "seen_at"],
        )
        self.told.update(news)

    def _beat(self, held: Mapping[int, int]) -> None:
        at = self.now()
        with transaction.atomic():
            renewed = ServingProcess.objects.filter(process=self.process, shop__in=held).update(seen_at=at)
            ServingProcess.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()
        self.beat_at = at
        if renewed < len(held):
            # Somebody took this process for dead while it slept: it tells everything anew.
            self.told.clear()
