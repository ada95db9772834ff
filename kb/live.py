"""What the bot answers from: per process and shop one immutable Knowledge, renewed as soon as a release is raised.

Nothing is pushed to the processes. Each call reads the shop's edition, one row by primary key, and compares; so once a
publish is committed the next question anywhere is answered from it.
"""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final

from kb import queries
from kb.matching import Decision, Keywords, Match, Matcher, RuledOut, Thresholds, train
from kb.models import MatcherArtefact
from kb.queries import Changes, Edition, LiveAnswer

MOST_SHOPS: Final = 64
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One edition of one shop; the artefact of its trained release was taken in, or tried."""

    edition: Edition
    matcher: Matcher
    answers: Mapping[str, LiveAnswer]
    keywords: Keywords = Keywords()

    @property
    def release(self) -> int:
        """The release that is answered from."""
        return self.edition.release

    @property
    def trained(self) -> int:
        """The release whose artefact was taken in last."""
        return self.edition.trained

    @property
    def thresholds(self) -> Thresholds:
        """From which confidence the bot answers, and offers."""
        return self.matcher.thresholds

    def match(self, text: str, previous: str = "") -> Match:
        """The articles that may answer, best first; candidates' ids are article keys.

        Where a word in the text rules candidates out, the decision is made anew among the others. Without its
        rivals the best of them looks surer than it is: unless it is asked word for word, it is offered at most.
        """
        match = self.matcher.match(text, previous=previous)
        found = self.keywords.found_in(text)
        if not any(candidate.id in found for candidate in match.candidates):
            return match
        ruled_out = (RuledOut(one.id, found[one.id]) for one in match.candidates if one.id in found)
        anew = self.matcher.leaving_out(found).match(text, previous=previous)
        is_sure = anew.decision is not Decision.ANSWER or anew.method == "exact"
        decision = anew.decision if is_sure else Decision.OFFER
        return replace(anew, decision=decision, ruled_out=tuple(ruled_out))

    def answer(self, key: str) -> LiveAnswer | None:
        """What the article says, if it is live in this release."""
        return self.answers.get(key)


@dataclass(slots=True)
class Place:
    """Where one shop's knowledge is kept; whoever holds the lock builds the next one."""

    lock: Lock = field(default_factory=Lock)
    held: Knowledge | None = None


class Shelf:
    """The knowledge of the shops asked for last, at most MOST_SHOPS of them."""

    def __init__(self) -> None:
        self._places: OrderedDict[int, Place] = OrderedDict()
        self._lock = Lock()

    def place(self, shop_id: int) -> Place:
        """The shop's place, made when it has none."""
        with self._lock:
            place = self._places.setdefault(shop_id, Place())
            self._places.move_to_end(shop_id)
            if len(self._places) > MOST_SHOPS:
                self._places.popitem(last=False)
            return place

    def held(self) -> dict[int, Edition]:
        """The edition held of each shop, without those that are being read for the first time."""
        with self._lock:
            places = dict(self._places)
        return {shop_id: held.edition for shop_id, place in places.items() if (held := place.held)}

    def clear(self) -> None:
        """Forgets every shop."""
        with self._lock:
            self._places.clear()


shelf = Shelf()


def knowledge(shop_id: int) -> Knowledge:
    """The shop's knowledge of the release that is current now."""
    place = shelf.place(shop_id)
    held, edition = place.held, queries.edition(shop_id)
    if held is not None and held.edition == edition:
        return held
    with place.lock:
        place.held = _current(shop_id, place.held)
        return place.held


def peek(shop_id: int) -> Knowledge:
    """The same, for whoever looks from inside a transaction: what it builds of rows that may yet be rolled back is
    not kept for others."""
    held = shelf.place(shop_id).held
    return _current(shop_id, held)


def _current(shop_id: int, held: Knowledge | None) -> Knowledge:
    """What is held when it is current, else the next; built between two readings of the same release."""
    edition = queries.edition(shop_id)
    while held is None or held.edition != edition:
        built = _next(shop_id, held, edition)
        edition, before = queries.edition(shop_id), edition
        # A publish may have come between our readings: what we read then belongs to no release.
        held = built if edition.release == before.release else held
    return held


def _next(shop_id: int, held: Knowledge | None, edition: Edition) -> Knowledge:
    # A release that went back is a database restored from its backup: nothing that is held can be trusted.
    # Thresholds for other precisions are rare enough to begin anew as well.
    if held is not None and (held.release > edition.release or held.edition.asked != edition.asked):
        held = None
    since_held = queries.changes_since(shop_id, held.release) if held else queries.live_now(shop_id)
    answers = since_held.applied_to(held.answers if held else {})
    matcher = _retrained(shop_id, held, edition) or _changed(
        held.matcher if held else _for(edition, train([])), since_held
    )
    keywords = Keywords.of({key: answer.negative_keywords for key, answer in answers.items()})
    return Knowledge(edition, matcher, answers, keywords)


def _retrained(shop_id: int, held: Knowledge | None, edition: Edition) -> Matcher | None:
    """The newest trained matcher with what changed after it; None when there is no newer one that can be read."""
    if not edition.trained or (held is not None and held.edition.training == edition.training):
        return None
    try:
        row = MatcherArtefact.objects.get(shop_id=shop_id, release=edition.trained)
        return _changed(
            _for(edition, Matcher.load(bytes(row.data))), queries.changes_since(shop_id, edition.trained)
        )
    except Exception:
        # Whatever is wrong with an artefact, the shop still answers.
        log.exception("Shop %s: the matcher trained for release %s cannot be used.", shop_id, edition.trained)
        return None


def _for(edition: Edition, matcher: Matcher) -> Matcher:
    """The matcher with the thresholds that this edition asks for."""
    asked = edition.asked
    return matcher.keeping(answer_precision=asked.answer, offer_precision=asked.offer)


def _changed(matcher: Matcher, changes: Changes) -> Matcher:
    if not changes.live and not changes.withdrawn:
        return matcher
    return matcher.with_changes(changed=changes.entries, removed=changes.withdrawn)
