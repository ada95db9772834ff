"""The matcher that answers customers: trained, immutable, and changed only by making another one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching import artefact, context
from kb.matching.confidence import evidence
from kb.matching.entry import Entry
from kb.matching.exact import ExactMap
from kb.matching.index import Index
from kb.matching.knowledge import Knowledge
from kb.matching.lesson import REJECT, Lesson
from kb.matching.match import Candidate, Decision, Match, Report, Thresholds
from kb.matching.ranked import NAMED, NOBODY, Ranked
from kb.matching.reader import Query
from kb.matching.shelf import Shelf
from kb.matching.trial import Trial
from kb.matching.verdicts import Verdict, Weighed
from kb.matching.vocabulary import Floats

_EXACT_CONFIDENCE: Final = 0.99
_LITTLE: Final = 1e-6
_NOTHING: Final = Match(Decision.HAND_OVER, (), "nothing")


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """What a shop's bot asks.

    `fresh` holds the entries changed since the training. `ids` are those of the training and then those of the
    fresh shelf; `served` says of each whether it may be found there.
    """

    knowledge: Knowledge
    fresh: Shelf
    ids: tuple[str, ...]
    served: NDArray[np.bool_]

    @classmethod
    def of(cls, knowledge: Knowledge) -> "Matcher":
        """A matcher ready to be asked."""
        trained = knowledge.model.shelf.ids
        fresh = Shelf.of(Lesson.of(knowledge.changed), knowledge.model.reader)
        served = [*(id not in knowledge.gone for id in trained), *(True for _ in fresh.ids)]
        return cls(knowledge, fresh, (*trained, *fresh.ids), np.array(served, dtype=bool))

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

    @property
    def trial(self) -> Trial:
        """What the training did with every wording left out."""
        return self.knowledge.trial

    def keeping(self, *, answer_precision: float, offer_precision: float) -> "Matcher":
        """The same matcher with the thresholds that keep other precisions, see train; nothing is learned anew."""
        thresholds = self.trial.thresholds(answer_precision, offer_precision)
        report = self.trial.report(self.report.method, thresholds, answer_precision)
        return replace(self, knowledge=replace(self.knowledge, thresholds=thresholds, report=report))

    def hearing(self, verdicts: Sequence[Verdict]) -> "Matcher":
        """The same matcher as sure as these verdicts let it be; `keeping` brings its thresholds along."""
        weighed = [one for one in map(self.weighed, verdicts) if one]
        trial = self.trial.hearing(weighed)
        model = replace(self.knowledge.model, calibration=trial.calibration)
        return replace(self, knowledge=replace(self.knowledge, model=model, trial=trial))

    def confusions(self) -> list[tuple[str, str, int]]:
        """Ids of two entries whose wordings were taken for each other in training, and how often."""
        ids = self.knowledge.model.shelf.ids
        return [(ids[one], ids[other], count) for one, other, count in self.trial.confusions()]

    def likeness(self, text: str) -> dict[str, float]:
        """How alike the text is to each entry's nearest wording, by id: 0, nothing in common, to 1, the same."""
        [query] = self.knowledge.model.reader.read([text])
        shelves = (self.knowledge.model.shelf, self.fresh)
        alike = np.concatenate([shelf.find(query).likeness for shelf in shelves])
        # A text without Chinese has no sound: even the same words are then less than 1 alike.
        alike /= max(float(Index.of([query], [0]).likeness(query)[0]), _LITTLE)
        return {self.ids[place]: float(alike[place]) for place in np.flatnonzero(self.served)}

    def match(self, text: str, *, previous: str = "") -> Match:
        """The entries that may answer a message, best first, and what the bot may do.

        `previous` is the customer's turn before; it counts where the message alone says too little.
        """
        reader = self.knowledge.model.reader
        plain = reader.normaliser(text)
        same = self.knowledge.exact.find(reader.normaliser.bare(plain))
        if same is None:
            asked = context.completed(text, previous)
            return self._likely(
                reader.read_normalised([plain if asked is text else reader.normaliser(asked)])[0]
            )
        ranked = self._ranked(reader.read_normalised([plain], by_meaning=False)[0])
        found = [rank for rank, place in enumerate(ranked.places.tolist()) if self.ids[place] == same]
        if same == REJECT or not found:  # its entry may be ruled out by a negative
            return replace(self._likely(reader.read_normalised([plain])[0]), decision=Decision.HAND_OVER)
        return self._certain(found[0], ranked)

    def weighed(self, verdict: Verdict) -> Weighed | None:
        """The verdict as evidence on what is ranked first; None where it says nothing about that, as with a wording
        known word for word, or a candidate further down that was wrong."""
        reader = self.knowledge.model.reader
        if self.knowledge.exact.find(reader.normaliser.key(verdict.question)) is not None:
            return None
        query = reader.read([context.completed(verdict.question, verdict.previous)])[0]
        ranked = self._ranked(query)
        named = self._named(ranked)
        if named[:1] != list(ranked.best[:1]) or not named or not len(query.spelling.hashes):
            return None
        is_first = self.ids[ranked.places[named[0]]] == verdict.entry
        if not is_first and not verdict.right:
            return None
        return Weighed(verdict, self._proof(query, ranked, named[0])[0], is_first and verdict.right)

    def with_changes(self, *, changed: Sequence[Entry], removed: Collection[str]) -> "Matcher":
        """A matcher that serves these entries as they are now, by their nearest wording until the next training.

        An entry that is changed and removed at once is removed.
        """
        known = self.knowledge
        added = [entry for entry in changed if entry.id not in removed]
        touched = {*removed, *(entry.id for entry in added)}
        kept = [entry for entry in known.changed if entry.id not in touched]
        exact = known.exact.without(touched).merged(ExactMap.of(added, known.model.reader.normaliser))
        return Matcher.of(replace(known, exact=exact, changed=(*kept, *added), gone=known.gone | touched))

    def leaving_out(self, ids: Collection[str]) -> "Matcher":
        """The same matcher as if it had never heard of these entries."""
        knowledge = replace(self.knowledge, exact=self.knowledge.exact.without(ids))
        served = self.served & np.array([id not in ids for id in self.ids], dtype=bool)
        return replace(self, knowledge=knowledge, served=served)

    def _ranked(self, query: Query) -> Ranked:
        model = self.knowledge.model
        found = model.shelf.find(query, answers=model.is_classified)
        scores = [model.classified(found), found.nearest, found.likeness]
        possible = found.possible
        if self.fresh.ids:
            fresh = self.fresh.find(query, answers=False)
            others = [model.stand_in.at(fresh.nearest), fresh.nearest, fresh.likeness]
            scores = [np.concatenate(both) for both in zip(scores, others, strict=True)]
            possible = np.concatenate((possible, fresh.possible))
        places = (possible & self.served).nonzero()[0]
        if not len(places):
            return NOBODY
        classified, nearest, likeness = (score.take(places) for score in scores)
        chances = model.ranking.chances(classified[None], nearest[None])[0]
        return Ranked.of(places, chances, float(likeness.max()))

    def _likely(self, query: Query) -> Match:
        """What the scores say."""
        ranked = self._ranked(query)
        named = self._named(ranked)
        if not named or not len(query.spelling.hashes):
            return _NOTHING
        proof = self._proof(query, ranked, named[0])
        confidence = float(self.knowledge.model.calibration.confidence(proof)[0])
        # The best of all may be what the shop's people rejected.
        rejected = named[0] != ranked.best[0]
        decision = Decision.HAND_OVER if rejected else self.thresholds.decide(confidence)
        return Match(
            decision, self._candidates(ranked, named, confidence), self.knowledge.model.ranking.method
        )

    def _proof(self, query: Query, ranked: Ranked, rank: int) -> Floats:
        closest, known = np.array([ranked.closest]), np.array([query.spelling.known])
        return evidence(ranked.chances[None], closest, known, np.array([rank]))

    def _certain(self, rank: int, ranked: Ranked) -> Match:
        """What to say to a wording of this entry, word for word."""
        named = [rank, *(other for other in self._named(ranked) if other != rank)]
        return Match(Decision.ANSWER, self._candidates(ranked, named, _EXACT_CONFIDENCE), "exact")

    def _named(self, ranked: Ranked) -> list[int]:
        """The best of the ranked that are answers."""
        return [rank for rank in ranked.best if self.ids[ranked.places[rank]] != REJECT]

    def _candidates(self, ranked: Ranked, named: Sequence[int], confidence: float) -> tuple[Candidate, ...]:
        """The first of these ranks has this confidence; the others share what it leaves, none above it."""
        chance = float(ranked.chances[named[0]])
        share = min((1 - confidence) / max(1 - chance, _LITTLE), confidence / max(chance, _LITTLE))
        confidences = [confidence, *(float(ranked.chances[rank]) * share for rank in named[1:NAMED])]
        names = [self.ids[ranked.places[rank]] for rank in named]
        return tuple(Candidate(id, sure) for id, sure in zip(names, confidences, strict=False))
