"""The wordings a shop's matcher learns from, read and indexed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.matching import vectors
from kb.matching.entry import Entry
from kb.matching.index import Index
from kb.matching.model import REJECT
from kb.matching.normalise import Normaliser
from kb.matching.reader import Query, Reader


@dataclass(frozen=True, slots=True)
class Lesson:
    """Entry ids, and the texts as queries and as an index whose owners are places in `ids`."""

    ids: tuple[str, ...]
    reader: Reader
    queries: tuple[Query, ...]
    index: Index

    @classmethod
    def of(
        cls, entries: Sequence[Entry], rejects: Sequence[str], normaliser: Normaliser, *, use_vectors: bool
    ) -> "Lesson":
        """Read every wording; rejected messages are the wordings of an entry of their own, the last."""
        asked = [(entry.id, entry.wordings) for entry in entries]
        if rejects:
            asked.append((REJECT, tuple(dict.fromkeys(rejects))))
        texts = [text for _, wordings in asked for text in wordings]
        owners = np.repeat(np.arange(len(asked)), [len(wordings) for _, wordings in asked])
        reader = Reader.learn(texts, normaliser, use_vectors=use_vectors and vectors.available())
        queries = reader.read_all(texts)
        ids = tuple(id for id, _ in asked)
        return cls(ids, reader, tuple(queries), Index.of(queries, owners.tolist()))

    @property
    def owners(self) -> NDArray[np.int32]:
        """The place of each wording's entry in `ids`."""
        return self.index.owners

    @property
    def named(self) -> int:
        """How many of the ids are entries; what follows them is REJECT."""
        return len(self.ids) - (REJECT in self.ids)
