"""Where indexes are kept: a directory for each shop, kind and state of its texts; the newest one in memory.

Nobody tells anybody: whoever searches compares the stamp of what it holds with the database. A missing or damaged
directory is made anew by the first who needs it, behind a lock that all processes of the machine share; a small one
at once, a large one in a thread, and until then an older one serves, or nothing at all.
"""

import fcntl
import logging
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connections

from kb.search import disk, sources
from kb.search.disk import Damaged
from kb.search.opened import Opened
from kb.search.sources import Stamp

# Rises when the terms of a text or the files change: older directories are not read any more.
FORMAT: Final = "f1"
# More articles to read than these, about half a second of work, are not read while somebody waits.
MOST_AT_ONCE: Final = 400
_MOST_HELD: Final = 32
_KEPT: Final = 2
# Replaced texts that do not matter, however few articles there are.
_SPARE: Final = 200

log = logging.getLogger(__name__)


class Held(NamedTuple):
    stamp: Stamp
    opened: Opened


class Shelf:
    """The indexes that this process has in memory, the longest unused forgotten first."""

    def __init__(self, most_at_once: int = MOST_AT_ONCE) -> None:
        self.most_at_once = most_at_once
        self._held: OrderedDict[tuple[int, str], Held] = OrderedDict()
        self._building: dict[tuple[int, str], Thread] = {}
        self._lock = Lock()

    def index(self, shop_id: int, kind: str) -> Opened | None:
        """The shop's index: of what the texts are now, or while that is made an older one; None for none at all."""
        wanted = sources.stamp(shop_id, kind)
        held = self._held.get((shop_id, kind))
        if held is not None and held.stamp == wanted:
            self._hold(shop_id, kind, held)
            return held.opened
        folder = _folder(shop_id, kind)
        found = _opened(folder, wanted)
        if found is None and self._made(shop_id, kind, wanted):
            found = _opened(folder, wanted)
        if found is not None:
            self._hold(shop_id, kind, found)
            return found.opened
        if held is None and (held := _newest(folder)) is not None:
            self._hold(shop_id, kind, held)
        return held.opened if held is not None else None

    def distrust(self, shop_id: int, kind: str) -> None:
        """Forgets an index that could not be searched, and takes its directory away."""
        with self._lock:
            held = self._held.pop((shop_id, kind), None)
        if held is not None:
            disk.remove(_folder(shop_id, kind) / _name(held.stamp))

    def clear(self) -> None:
        """Forgets every index, after those that are being made."""
        self.settle()
        with self._lock:
            self._held.clear()

    def settle(self) -> None:
        """Waits until nothing is being made any more."""
        for thread in list(self._building.values()):
            thread.join()

    def _hold(self, shop_id: int, kind: str, held: Held) -> None:
        with self._lock:
            self._held[shop_id, kind] = held
            self._held.move_to_end((shop_id, kind))
            if len(self._held) > _MOST_HELD:
                self._held.popitem(last=False)

    def _made(self, shop_id: int, kind: str, wanted: Stamp) -> bool:
        """Makes a small index, or lets a thread make a large one; False when there is nothing new yet."""
        with self._lock:
            running = self._building.get((shop_id, kind))
            if running is not None and running.is_alive():
                return False
        base, total = _base(shop_id, kind, wanted), sources.count(shop_id)
        held = self._held.get((shop_id, kind))
        whole = base is None or (held is not None and _is_worn(held.opened, total))
        many = total if base is None or whole else len(sources.keys_since(shop_id, kind, base))
        if many <= self.most_at_once:
            return make(shop_id, kind)
        with self._lock:
            thread = Thread(target=_make_beside, args=(shop_id, kind), daemon=True)
            self._building[shop_id, kind] = thread
            thread.start()
        return False


shelf = Shelf()


def make(shop_id: int, kind: str) -> bool:
    """Makes the index of what the texts are now; False when somebody else is at it, or what it rests on is damaged."""
    folder = _folder(shop_id, kind)
    with _alone(folder) as alone:
        if not alone:
            return False
        wanted = sources.stamp(shop_id, kind)
        target = folder / _name(wanted)
        if target.exists():
            return True
        base = _base(shop_id, kind, wanted)
        if base and (resting := _opened(folder, base)) is None:
            return False
        if base and resting and _is_worn(resting.opened, sources.count(shop_id)):
            base = None
        keys = sources.keys_since(shop_id, kind, base) if base else None
        # A publish that comes while we read is of the next stamp, whose maker reads those articles again.
        texts = list(sources.documents(shop_id, kind, keys))
        disk.write(target, texts, on=folder / _name(base) if base else None, without=keys or ())
        _tidy(folder, target)
    return True


def _make_beside(shop_id: int, kind: str) -> None:
    try:
        make(shop_id, kind)
    except Exception:
        log.exception("Shop %s: the search index cannot be made.", shop_id)
    finally:
        connections.close_all()


def _folder(shop_id: int, kind: str) -> Path:
    return Path(settings.SEARCH_DIR) / str(shop_id) / kind


def _name(stamp: Stamp) -> str:
    return f"{stamp}-{FORMAT}"


def _stamps(folder: Path) -> list[Stamp]:
    """What there are directories of, the newest first."""
    parts = [path.name.split("-") for path in folder.glob(f"*-*-{FORMAT}")]
    return sorted(
        (Stamp(int(n), int(m)) for n, m, _ in parts if n.isdecimal() and m.isdecimal()), reverse=True
    )


def _opened(folder: Path, stamp: Stamp) -> Held | None:
    """The index of this stamp, if it is there and whole; a damaged one is taken away."""
    place = folder / _name(stamp)
    if not place.is_dir():
        return None
    try:
        return Held(stamp, Opened(place))
    except Damaged:
        log.warning("The search index %s is damaged; it is made anew.", place)
        disk.remove(place)
        return None


def _newest(folder: Path) -> Held | None:
    return next(filter(None, (_opened(folder, stamp) for stamp in _stamps(folder))), None)


def _base(shop_id: int, kind: str, wanted: Stamp) -> Stamp | None:
    """The newest older index of this database's past: the next one can rest on it."""
    older = (stamp for stamp in _stamps(_folder(shop_id, kind)) if stamp.number < wanted.number)
    return next((stamp for stamp in older if sources.is_past(shop_id, kind, stamp)), None)


def _is_worn(opened: Opened, total: int) -> bool:
    """Whether so much was replaced in it that a new one is better: what is replaced stays in its files for long."""
    return opened.size > 2 * total + _SPARE


def _tidy(folder: Path, newest: Path) -> None:
    """Keeps the newest directories; what a killed process left half-written goes as well."""
    kept = [newest.name, *(_name(stamp) for stamp in _stamps(folder))]
    kept = list(dict.fromkeys(kept))[:_KEPT]
    for place in folder.iterdir():
        if place.is_dir() and place.name not in kept:
            disk.remove(place)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else on this machine makes an index here; then nobody will, until this is left."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
