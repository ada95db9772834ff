"""Reads a message once, so that it can be compared with every wording: spelling, sound and meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching import ngrams, vectors
from kb.matching.metric import Metric
from kb.matching.normalise import Normaliser
from kb.matching.vocabulary import Floats, Vocabulary, Weighed

# Beyond so many wordings vectors are cut to fewer dimensions: a query must not read hundreds of megabytes.
_WIDE: Final = 3000
_NARROW: Final = 128


@dataclass(frozen=True, slots=True)
class Query:
    """A text as it is compared; `meaning` is None when sentence vectors are not used."""

    spelling: Weighed
    sound: Weighed
    meaning: Floats | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns texts into queries with what was learned from the shop's wordings.

    `loose` compares Chinese spelling character by character: where an entry has one wording or two, their words and
    the order of these are chance. Measured on pairs of the same question, one of them the only wording.
    """

    normaliser: Normaliser
    spelling: Vocabulary
    sound: Vocabulary
    use_vectors: bool
    metric: Metric = field(default_factory=Metric)
    loose: bool = False

    @classmethod
    def learn(
        cls, texts: Sequence[str], normaliser: Normaliser, *, use_vectors: bool, loose: bool = False
    ) -> "Reader":
        """Count the features of these texts."""
        plain = [normaliser(text) for text in texts]
        spelling = Vocabulary.learn([ngrams.features(text, loose=loose) for text in plain])
        sound = Vocabulary.learn([ngrams.sounds(text) for text in plain])
        return cls(normaliser, spelling, sound, use_vectors, loose=loose)

    def read(self, texts: Sequence[str], *, by_meaning: bool = True) -> list[Query]:
        """These texts, in their order; without their meaning they are read in a tenth of the time."""
        return self.read_normalised([self.normaliser(text) for text in texts], by_meaning=by_meaning)

    def read_normalised(self, plain: Sequence[str], *, by_meaning: bool = True) -> list[Query]:
        """The same of texts that are normalised already."""
        literal = [self._literal(text) for text in plain]
        if not (self.use_vectors and by_meaning and plain):
            return literal
        meanings = self.metric.apply(vectors.encode(plain))
        return [replace(query, meaning=meaning) for query, meaning in zip(literal, meanings, strict=True)]

    def _literal(self, plain: str) -> Query:
        spelling = self.spelling.weigh(ngrams.features(plain, loose=self.loose))
        return Query(spelling, self.sound.weigh(ngrams.sounds(plain)), meaning=None)


def learn_metric(queries: Sequence[Query], owners: NDArray[np.int64]) -> Metric:
    """What these wordings, read without a metric, teach about meaning; `owners` ascends."""
    meanings = [query.meaning for query in queries if query.meaning is not None]
    if not meanings:
        return Metric()
    meant = np.stack(meanings)
    metric = Metric.learn(meant, owners)
    return metric if len(queries) <= _WIDE else metric.narrowed(meant, _NARROW)


def seen_through(metric: Metric, queries: Sequence[Query]) -> list[Query]:
    """Queries that were read without a metric, as if they had been read with this one."""
    meanings = [query.meaning for query in queries if query.meaning is not None]
    if metric.matrix is None or not meanings:
        return list(queries)
    seen = metric.apply(np.stack(meanings))
    return [replace(query, meaning=meaning) for query, meaning in zip(queries, seen, strict=True)]
