"""Groups texts that ask nearly the same, as a shop's own matcher reads them."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching.index import Index
from kb.matching.reader import Reader
from kb.matching.vocabulary import Floats

# Likeness from which two customers ask the same. Measured by benchmarks/gaps.py: lower, groups mix what differs;
# higher, most questions stay alone.
ASKS_THE_SAME: Final = 0.55
_BLOCK: Final = 256
_LITTLE: Final = 1e-6


def grouped(
    reader: Reader, leaders: Sequence[str], texts: Sequence[str], *, alike: float = ASKS_THE_SAME
) -> list[int]:
    """The group of each text: a place in `leaders`, or a number after them for a group that begins here.

    In their order, each text joins the group whose first text is the likest, when it is alike enough. Comparing with
    the first alone keeps groups from drifting: a chain of small steps leads anywhere.
    """
    every = [*leaders, *texts]
    index = _index(reader, every)
    leads = np.arange(len(every)) < len(leaders)
    group = np.arange(len(every))
    for start in range(len(leaders), len(every), _BLOCK):
        for row, likeness in enumerate(_block(index, start, min(start + _BLOCK, len(every))), start):
            before = np.flatnonzero(leads[:row])
            nearest = before[likeness[before].argmax()] if len(before) else None
            if nearest is not None and likeness[nearest] >= alike:
                group[row] = nearest
            else:
                leads[row] = True
    numbers = np.cumsum(leads) - 1
    return [int(numbers[group[row]]) for row in range(len(leaders), len(every))]


def typical(reader: Reader, texts: Sequence[str]) -> int:
    """The place of the text that is most like all the others."""
    return int(_block(_index(reader, texts), 0, len(texts)).mean(axis=1).argmax())


def likeness(reader: Reader, one: str, other: str) -> float:
    """How alike two texts are: 0, nothing in common, to 1, the same."""
    return float(_block(_index(reader, [one, other]), 0, 1)[0, 1])


def _index(reader: Reader, texts: Sequence[str]) -> Index:
    places: NDArray[np.int64] = np.arange(len(texts))
    return Index.of(reader.read(texts), places)


def _block(index: Index, start: int, end: int) -> Floats:
    """How alike these rows are to all. A text without Chinese has no sound: even itself is less than 1 alike."""
    found = index.block(slice(start, end))
    alone = np.array([found[row, start + row] for row in range(end - start)], dtype=np.float32)
    return np.asarray(found / np.maximum(alone, _LITTLE)[:, None], dtype=np.float32)
