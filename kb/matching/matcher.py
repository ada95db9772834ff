"""The matcher that answers customers: trained, immutable, and changed only by making another one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from kb.matching import artefact, context
from kb.matching.confidence import evidence
from kb.matching.entry import Entry
from kb.matching.exact import ExactMap
from kb.matching.knowledge import Knowledge
from kb.matching.lesson import REJECT, Lesson
from kb.matching.match import Candidate, Decision, Match, Report, Thresholds
from kb.matching.reader import Query
from kb.matching.shelf import Shelf
from kb.matching.vocabulary import Floats

_SHOWN: Final = 10
_EXACT_CONFIDENCE: Final = 0.99
_NOTHING: Final = Match(Decision.HAND_OVER, (), "nothing")


@dataclass(frozen=True, slots=True)
class Ranked:
    """Possible entries, best first, the chance of each, and the likeness of the nearest wording of any."""

    ids: tuple[str, ...]
    chances: Floats
    nearest: float


@dataclass(frozen=True, slots=True)
class Matcher:
    """What a shop's bot asks; `fresh` holds the entries changed since the training."""

    knowledge: Knowledge
    fresh: Shelf

    @classmethod
    def of(cls, knowledge: Knowledge) -> "Matcher":
        """A matcher ready to be asked."""
        return cls(knowledge, Shelf.of(Lesson.of(knowledge.changed), knowledge.model.reader))

    @classmethod
    def load(cls, data: bytes) -> "Matcher":
        """The matcher that was saved; raises UnreadableArtefactError."""
        return cls.of(artefact.read(data))

    def save(self) -> bytes:
        """The whole matcher as bytes that hold nothing executable."""
        return artefact.write(self.knowledge)

    @property
    def thresholds(self) -> Thresholds:
        """The confidence from which to answer, and to offer."""
        return self.knowledge.thresholds

    @property
    def report(self) -> Report:
        """How good the training found itself."""
        return self.knowledge.report

    def match(self, text: str, *, previous: str = "") -> Match:
        """The entries that may answer a message, best first, and what the bot may do.

        `previous` is the customer's turn before; it counts where the message alone says too little.
        """
        reader = self.knowledge.model.reader
        if same := self.knowledge.exact.find(reader.normaliser.key(text)):
            ranked = self._ranked(reader.read([text], by_meaning=False)[0])
            if same in ranked.ids:
                return self._exact(same, ranked)
        query = reader.read([context.completed(text, previous)])[0]
        ranked = self._ranked(query)
        named = [place for place, id in enumerate(ranked.ids) if id != REJECT]
        if not named or not len(query.spelling.hashes):
            return _NOTHING
        return self._ranking_match(ranked, named, query)

    def with_changes(self, *, changed: Sequence[Entry], removed: Collection[str]) -> "Matcher":
        """A matcher that serves these entries as they are now, by their nearest wording until the next training."""
        known = self.knowledge
        touched = frozenset(removed) | {entry.id for entry in changed}
        kept = (entry for entry in known.changed if entry.id not in touched)
        served = (*kept, *(entry for entry in changed if entry.id not in set(removed)))
        exact = known.exact.without(touched).merged(ExactMap.of(changed, known.model.reader.normaliser))
        return Matcher.of(replace(known, exact=exact, changed=served, gone=known.gone | touched))

    def _ranked(self, query: Query) -> Ranked:
        model = self.knowledge.model
        trained, fresh = model.shelf.find(query), self.fresh.find(query)
        served = np.array([id not in self.knowledge.gone for id in model.shelf.ids], dtype=bool)
        possible = np.concatenate((trained.possible & served, fresh.possible))
        nearest = np.concatenate((trained.nearest, fresh.nearest))[possible]
        if not len(nearest):
            return Ranked((), nearest, 0.0)
        classified = np.concatenate((model.classified(trained), model.stand_in.at(fresh.nearest)))[possible]
        chances = model.ranking.chances(classified[None], nearest[None])[0]
        ids = [*model.shelf.ids, *self.fresh.ids]
        order = np.argsort(-chances, kind="stable")
        names = np.flatnonzero(possible)[order]
        return Ranked(tuple(ids[place] for place in names), chances[order], float(nearest.max()))

    def _ranking_match(self, ranked: Ranked, named: list[int], query: Query) -> Match:
        proof = evidence(
            ranked.chances[None],
            np.array([[ranked.nearest]]),
            np.array([query.spelling.known]),
            np.array(named[:1]),
        )
        confidence = float(self.knowledge.model.calibration.confidence(proof)[0])
        decision = Decision.HAND_OVER if named[0] else self.thresholds.decide(confidence)
        best = Candidate(ranked.ids[named[0]], confidence)
        chance = float(ranked.chances[named[0]])
        others = _others(ranked, named[1:_SHOWN], confidence, chance)
        return Match(decision, (best, *others), self.knowledge.model.ranking.method)

    def _exact(self, same: str, ranked: Ranked) -> Match:
        named = [place for place, id in enumerate(ranked.ids) if id not in (same, REJECT)][: _SHOWN - 1]
        chance = float(ranked.chances[ranked.ids.index(same)])
        others = _others(ranked, named, _EXACT_CONFIDENCE, chance)
        return Match(Decision.ANSWER, (Candidate(same, _EXACT_CONFIDENCE), *others), "exact")


def _others(ranked: Ranked, places: Sequence[int], confidence: float, chance: float) -> tuple[Candidate, ...]:
    """The runners-up share what the best left over, in proportion to their chances, none above the best."""
    left = (1 - confidence) / max(1 - chance, 1e-6)
    level = confidence / max(chance, 1e-6)
    share = min(left, level)
    return tuple(Candidate(ranked.ids[place], float(ranked.chances[place]) * share) for place in places)
