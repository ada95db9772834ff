"""Shows every wording to a model that was trained without it: the only honest judge a shop has at home."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching import softmax
from kb.matching.lesson import Lesson
from kb.matching.postings import Postings
from kb.matching.reader import Query, Reader
from kb.matching.shelf import Shelf
from kb.matching.vocabulary import Floats, Weighed

# A classifier over more wordings would cost more memory and time than it earns: the nearest wording serves.
_CLASSIFIED: Final = 3000
# Below this many wordings an entry a classifier has too little to learn from.
_PER_ENTRY: Final = 3
# Many folds leave a small shop nearly whole; a large one has no time for them, nor need.
_FOLDS: Final = ((600, 10), (_CLASSIFIED, 5))
# An answer counts as a fraction of a wording: it names the matter, but not the way customers do.
_ANSWER: Final = np.float32(0.2)
# Wordings judged in a shop that is larger than that.
_SAMPLE: Final = 1000


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Scores, shape (wordings, entries), of wordings left out; `truth` is the entry each belongs to.

    `known` is the share of each wording's features that other wordings have. Only wordings whose entry keeps
    another one, or that no entry answers, are here.
    """

    classified: Floats | None
    nearest: Floats
    known: Floats
    truth: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Study:
    """The classifier's coefficients, None where there is no classifier, and the wordings left out."""

    coefficients: Floats | None
    left_out: LeftOut


def study(lesson: Lesson, reader: Reader, shelf: Shelf, seed: int) -> Study:
    """Train the classifier and judge every wording; `seed` deals them into folds, or picks a sample of them."""
    owners, generator = shelf.wordings.owners, np.random.default_rng(seed)
    judged = np.flatnonzero(np.bincount(owners, minlength=1)[owners] > 1)
    if not _is_classified(shelf):
        if len(judged) > _SAMPLE:
            judged = np.sort(generator.choice(judged, _SAMPLE, replace=False))
        queries = reader.read([lesson.texts[row] for row in judged])
        return Study(None, _left_out(shelf, queries, judged, _likeness(shelf, queries), None))
    queries = reader.read(lesson.texts)
    table = _likeness(shelf, queries)
    coefficients, classified = _classify(table, shelf, _folds(owners, generator))
    picked = [queries[row] for row in judged]
    return Study(coefficients, _left_out(shelf, picked, judged, table[judged], classified[judged]))


def _is_classified(shelf: Shelf) -> bool:
    wordings, entries = len(shelf.wordings.owners), len(shelf.ids)
    return entries > 1 and _PER_ENTRY * entries <= wordings <= _CLASSIFIED


def _folds(owners: NDArray[np.int32], generator: np.random.Generator) -> NDArray[np.int64]:
    """Deals the wordings of every entry evenly over the folds."""
    shuffled = generator.permutation(len(owners))
    by_owner = shuffled[np.argsort(owners[shuffled], kind="stable")]
    folds = np.empty(len(owners), dtype=np.int64)
    folds[by_owner] = np.arange(len(owners)) % next(folds for size, folds in _FOLDS if len(owners) <= size)
    return folds


def _classify(table: Floats, shelf: Shelf, folds: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Coefficients from all texts, and of every wording the scores by a classifier of the other folds."""
    owners = np.concatenate((shelf.wordings.owners, shelf.answers.owners)).astype(np.int64)
    weights = np.where(np.arange(len(owners)) < len(folds), np.float32(1), _ANSWER)
    scores = np.zeros((len(folds), len(shelf.ids)), dtype=np.float32)
    for fold in range(folds.max() + 1):
        hidden = np.flatnonzero(folds == fold)
        shown = np.setdiff1d(np.arange(len(owners)), hidden)
        fitted = softmax.fit(table[np.ix_(shown, shown)], owners[shown], weights[shown], len(shelf.ids))
        scores[hidden] = softmax.predict(fitted, table[np.ix_(hidden, shown)])
    return softmax.fit(table, owners, weights, len(shelf.ids)), scores


def _likeness(shelf: Shelf, queries: Sequence[Query]) -> Floats:
    table = np.zeros((len(queries), len(shelf.wordings.owners) + len(shelf.answers.owners)), dtype=np.float32)
    for row, query in enumerate(queries):
        table[row] = shelf.likeness(query)
    return table


def _left_out(
    shelf: Shelf, queries: Sequence[Query], rows: NDArray[np.int64], table: Floats, classified: Floats | None
) -> LeftOut:
    """What these wordings, rows of the shelf and of its likeness table, look like to all others."""
    nearest = np.zeros((len(rows), len(shelf.ids)), dtype=np.float32)
    for place, row in enumerate(rows):
        others = table[place].copy()
        others[row] = -1
        nearest[place] = shelf.nearest(others)
    known = [_known_elsewhere(query.spelling, shelf.wordings.spelling) for query in queries]
    truth = shelf.wordings.owners[rows].astype(np.int64)
    return LeftOut(classified, nearest, np.array(known, dtype=np.float32), truth)


def _known_elsewhere(text: Weighed, postings: Postings) -> float:
    places = np.searchsorted(postings.hashes, text.hashes)
    shared = np.diff(postings.starts)[places] > 1
    return float(np.square(text.weights[shared]).sum())
