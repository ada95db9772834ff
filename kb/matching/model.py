"""What one training leaves behind, and how it scores a message."""

from dataclasses import dataclass

import numpy as np

from kb.matching.classifier import Classifier
from kb.matching.confidence import Calibration
from kb.matching.ranking import Ranking
from kb.matching.reader import Reader
from kb.matching.shelf import Finding, Shelf
from kb.matching.vocabulary import Floats


@dataclass(frozen=True, slots=True)
class Line:
    """Stands in for the classifier where an entry is too new to be trained: its score given the nearest wording."""

    slope: float = 1.0
    start: float = 0.0

    def at(self, nearest: Floats) -> Floats:
        """The line's heights."""
        return np.asarray(self.slope * nearest + self.start, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """Trained once, never changed; `classifier` is None where there are too few wordings for one, or too many."""

    reader: Reader
    shelf: Shelf
    classifier: Classifier | None
    stand_in: Line
    ranking: Ranking
    calibration: Calibration

    @property
    def is_classified(self) -> bool:
        """Whether the ranking asks the classifier, and so how like the answers a message is."""
        return self.classifier is not None and self.ranking.classifier > 0

    def classified(self, finding: Finding) -> Floats:
        """The classifier's score of every entry on the shelf."""
        if self.classifier is None or not self.is_classified:
            return self.stand_in.at(finding.nearest)
        return self.classifier.scores(finding.texts)
