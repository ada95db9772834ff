"""Groups texts that ask nearly the same, as a shop's own matcher reads them.

What customers ask in vain is by its nature not in the knowledge, and in Chinese it is short: six characters, of which
four only say that somebody asks (可以…吗). So two texts are compared by their meaning, by the meaning of what is left
without such words, and by the characters and words of that, the rarest in the knowledge counting most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching import ngrams
from kb.matching.padding import unframed
from kb.matching.postings import Postings
from kb.matching.reader import Query, Reader
from kb.matching.vocabulary import Floats

# Likeness from which two customers ask the same. Measured by benchmarks/gaps.py: lower, groups mix what differs;
# higher, most questions stay alone.
ASKS_THE_SAME: Final = 0.52
_BLOCK: Final = 256


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts read for comparison: the words of each, and what it means, whole and bare."""

    words: Postings
    meanings: tuple[Floats, ...]

    @classmethod
    def read(cls, reader: Reader, texts: Sequence[str]) -> "Texts":
        """With what the shop's knowledge taught the reader."""
        bare = [unframed(reader.normaliser(text)) for text in texts]
        words = [reader.spelling.weigh(ngrams.characters(text)) for text in bare]
        return cls(Postings.of(words), _meanings(reader.read(texts), reader.read(bare)))

    def block(self, start: int, end: int) -> Floats:
        """How alike these rows are to all: 0, nothing in common, to 1, the same."""
        rows = slice(start, end)
        total = self.words.block(rows)
        for meaning in self.meanings:
            total += meaning[rows] @ meaning.T
        return np.asarray(total / (1 + len(self.meanings)), dtype=np.float32)


def grouped(
    reader: Reader, before: Sequence[Sequence[str]], texts: Sequence[str], *, alike: float = ASKS_THE_SAME
) -> list[int]:
    """The group of each text: a place in `before`, or a number after them for a group that begins here.

    In their order, each text joins the group to whose texts it is on average the likest, when it is alike enough. An
    average keeps groups from drifting: a chain of small steps leads anywhere.
    """
    read = Texts.read(reader, [*(text for group in before for text in group), *texts])
    groups = np.repeat(np.arange(len(before)), [len(group) for group in before])
    sizes = [len(group) for group in before]
    first, every = len(groups), len(groups) + len(texts)
    groups = np.concatenate((groups, np.zeros(len(texts), dtype=np.int64)))
    for start in range(first, every, _BLOCK):
        for row, likeness in enumerate(read.block(start, min(start + _BLOCK, every)), start):
            groups[row] = _joined(likeness[:row], groups[:row], sizes, alike)
    return [int(group) for group in groups[first:]]


def typical(reader: Reader, texts: Sequence[str]) -> int:
    """The place of the text that is most like all the others."""
    return int(Texts.read(reader, texts).block(0, len(texts)).mean(axis=1).argmax())


def ask_the_same(reader: Reader, one: str, other: str) -> bool:
    """Whether two texts say nearly the same."""
    return bool(Texts.read(reader, [one, other]).block(0, 1)[0, 1] >= ASKS_THE_SAME)


def _joined(likeness: Floats, groups: NDArray[np.int64], sizes: list[int], least: float) -> int:
    """The group that the next text joins, or begins; its size is counted."""
    means = np.bincount(groups, likeness, minlength=len(sizes)) / np.maximum(sizes, 1)
    if len(means) and means.max() >= least:
        nearest = int(means.argmax())
        sizes[nearest] += 1
        return nearest
    sizes.append(1)
    return len(sizes) - 1


def _meanings(*readings: Sequence[Query]) -> tuple[Floats, ...]:
    """One row a text for each reading; none where sentence vectors are not used."""
    found = [[query.meaning for query in queries if query.meaning is not None] for queries in readings]
    return tuple(np.stack(meanings) for meanings in found if meanings)
