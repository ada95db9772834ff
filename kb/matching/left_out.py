"""Shows wordings to a model that was trained without them: the only honest judge a shop has at home."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching.material import Material
from kb.matching.reader import seen_through
from kb.matching.vocabulary import Floats, Hashes, Weighed, locate

# Many folds leave a small shop nearly whole; a large one has no time for them, nor need.
_FOLDS: Final = ((600, 10), (3000, 5))
# How often a shop of at most so many wordings deals them anew: its threshold hangs on a few of them, and with others
# left out beside them they fare better or worse.
_DEALS: Final = 3
_FEW: Final = 300
# Wordings judged, all in one fold, in a shop that is larger than that.
_SAMPLE: Final = 500


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Scores, shape (rows, entries), of wordings left out; `truth` is the entry each belongs to.

    Every wording has `deals` rows, one for each time that it was left out, with others left out beside it.

    `closest` is the likeness of the nearest wording of any entry, `known` the share of a wording's features that
    the others have. Only wordings whose entry keeps another one are here. `classified` is None where there is no
    classifier.
    """

    classified: Floats | None
    nearest: Floats
    closest: Floats
    known: Floats
    truth: NDArray[np.int64]
    deals: int = 1


def leave_out(material: Material, seed: int) -> LeftOut:
    """Judge every wording; `seed` deals them into folds, or picks a sample in a very large shop."""
    owners = material.owners[: material.wordings]
    generator = np.random.default_rng(seed)
    deals = _DEALS if len(owners) <= _FEW else 1
    folds = [fold for _ in range(deals) for fold in _folds(owners, generator)]
    judged = [_judge(material, hidden) for hidden in folds]
    if not judged:
        nothing = np.zeros(0, dtype=np.float32)
        return LeftOut(None, np.zeros((0, len(material.ids)), dtype=np.float32), nothing, nothing, owners[:0])
    classified = [part.classified for part in judged if part.classified is not None]
    return LeftOut(
        np.concatenate(classified) if classified else None,
        np.concatenate([part.nearest for part in judged]),
        np.concatenate([part.closest for part in judged]),
        np.concatenate([part.known for part in judged]),
        np.concatenate([part.truth for part in judged]),
        deals,
    )


def _folds(owners: NDArray[np.int64], generator: np.random.Generator) -> list[NDArray[np.int64]]:
    """Rows to hide together: the wordings of every entry that has several are dealt evenly."""
    rows = np.flatnonzero(np.bincount(owners, minlength=1)[owners] > 1)
    shuffled = generator.permutation(rows)
    dealt = shuffled[np.argsort(owners[shuffled], kind="stable")]
    for size, folds in _FOLDS:
        if len(owners) <= size:
            return [np.sort(dealt[fold::folds]) for fold in range(min(folds, len(dealt)))]
    # Every second wording at most, so that none of the entries is hidden whole.
    return [np.sort(generator.permutation(dealt[::2])[:_SAMPLE])]


def _judge(material: Material, hidden: NDArray[np.int64]) -> LeftOut:
    """What a model without these rows says of them."""
    learned = material.without(hidden).learn(classify=material.is_classified)
    queries = seen_through(learned.metric, [material.queries[row] for row in hidden])
    found = [learned.shelf.find(query) for query in queries]
    hashes = learned.shelf.wordings.spelling.hashes
    texts = np.stack([finding.texts for finding in found])
    return LeftOut(
        None if learned.classifier is None else learned.classifier.scores(texts),
        np.stack([finding.nearest for finding in found]),
        np.array([finding.likeness.max() for finding in found], dtype=np.float32),
        np.array([_known(query.spelling, hashes) for query in queries], dtype=np.float32),
        material.owners[hidden],
    )


def _known(text: Weighed, hashes: Hashes) -> float:
    _, found = locate(text.hashes, hashes)
    return float(np.square(text.weights[found]).sum())
