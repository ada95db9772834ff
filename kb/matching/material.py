"""The texts of a lesson, read once, and what can be learned from all of them or from a part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching.classifier import Classifier, affordable, train_classifier
from kb.matching.crowding import crowding
from kb.matching.index import Index
from kb.matching.lesson import Lesson
from kb.matching.metric import Metric
from kb.matching.reader import Query, Reader, learn_metric, seen_through
from kb.matching.shelf import Shelf

# An answer counts as a fraction of a wording: it names the matter, but not the way customers do.
_ANSWER: Final = np.float32(0.2)


@dataclass(frozen=True, slots=True)
class Learned:
    """A metric, the texts as they are seen through it, and the classifier if there is one."""

    metric: Metric
    shelf: Shelf
    classifier: Classifier | None


@dataclass(frozen=True, slots=True)
class Material:
    """Texts read without a metric; the first `wordings` of them are wordings, the rest answers."""

    ids: tuple[str, ...]
    queries: tuple[Query, ...]
    owners: NDArray[np.int64]
    wordings: int

    @classmethod
    def of(cls, lesson: Lesson, reader: Reader) -> "Material":
        """Read the wordings and answers of a lesson."""
        grouped = (*lesson.wordings, *lesson.answers)
        places = (*range(len(lesson.ids)), *range(len(lesson.ids)))
        owners = [place for place, texts in zip(places, grouped, strict=True) for _ in texts]
        texts = [text for group in grouped for text in group]
        wordings = sum(map(len, lesson.wordings))
        return cls(lesson.ids, tuple(reader.read(texts)), np.array(owners, dtype=np.int64), wordings)

    @property
    def is_classified(self) -> bool:
        """Whether a classifier can be trained on them."""
        return affordable(len(self.ids), self.wordings)

    def without(self, hidden: NDArray[np.int64]) -> "Material":
        """Everything but these rows, all of them wordings."""
        shown = np.setdiff1d(np.arange(len(self.queries)), hidden)
        queries = tuple(self.queries[row] for row in shown)
        return Material(self.ids, queries, self.owners[shown], self.wordings - len(hidden))

    def learn(self, *, classify: bool) -> Learned:
        """Learn all there is to learn from these texts."""
        metric = learn_metric(self.queries[: self.wordings], self.owners[: self.wordings])
        seen = seen_through(metric, self.queries)
        wordings = Index.of(seen[: self.wordings], self.owners[: self.wordings])
        answers = Index.of(seen[self.wordings :], self.owners[self.wordings :])
        shelf = Shelf(self.ids, wordings, answers, Index.of((), ()), crowding(wordings))
        return Learned(metric, shelf, self._classifier(seen) if classify else None)

    def _classifier(self, seen: Sequence[Query]) -> Classifier:
        weights = np.where(np.arange(len(seen)) < self.wordings, np.float32(1), _ANSWER)
        return train_classifier(seen, self.owners, weights, len(self.ids))
