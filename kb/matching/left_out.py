"""Shows every wording to a model that was trained without it: the only honest judge a shop has at home."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching import ridge
from kb.matching.lesson import Lesson
from kb.matching.vocabulary import Floats

# A classifier over more wordings would cost more memory and time than it earns: the nearest wording serves.
_CLASSIFIED: Final = 3000
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
    """The classifier's coefficients, None when the shop is too large for it, and the wordings left out."""

    coefficients: Floats | None
    left_out: LeftOut


def study(lesson: Lesson, seed: int) -> Study:
    """Train the classifier and judge every wording, or in a very large shop a sample picked by `seed`."""
    owners, count = lesson.owners.astype(np.int64), len(lesson.ids)
    judged = _judged(owners, seed)
    shown = judged if len(owners) > _CLASSIFIED else np.arange(len(owners))
    likeness = _likeness(lesson, shown)
    fitted = None
    if len(owners) <= _CLASSIFIED:
        fitted = ridge.fit(likeness, np.eye(count, dtype=np.float32)[owners])
        likeness = likeness[judged]
    likeness[np.arange(len(judged)), judged] = -1
    nearest = np.stack([lesson.index.nearest(row, count) for row in likeness]) if len(judged) else likeness
    left_out = LeftOut(
        fitted.left_out[judged] if fitted else None,
        nearest.reshape(len(judged), count),
        np.array([_known_elsewhere(lesson, row) for row in judged], dtype=np.float32),
        owners[judged],
    )
    return Study(fitted.coefficients if fitted else None, left_out)


def _judged(owners: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Rows whose entry has another wording; a sorted sample of them in a large shop."""
    judged = np.flatnonzero(np.bincount(owners, minlength=1)[owners] > 1)
    if len(owners) <= _CLASSIFIED or len(judged) <= _SAMPLE:
        return judged
    return np.sort(np.random.default_rng(seed).choice(judged, _SAMPLE, replace=False))


def _likeness(lesson: Lesson, rows: NDArray[np.int64]) -> Floats:
    table = np.zeros((len(rows), len(lesson.queries)), dtype=np.float32)
    for place, row in enumerate(rows):
        table[place] = lesson.index.likeness(lesson.queries[row])
    return table


def _known_elsewhere(lesson: Lesson, row: int) -> float:
    text, postings = lesson.queries[row].spelling, lesson.index.spelling
    places = np.searchsorted(postings.hashes, text.hashes)
    shared = np.diff(postings.starts)[places] > 1
    return float(np.square(text.weights[shared]).sum())
