"""What one training leaves behind, and how it scores a message."""

from dataclasses import dataclass

import numpy as np

from kb.matching import softmax
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
    """Trained once, never changed; `coefficients`, (wordings and answers, entries), is None where there is no classifier."""

    reader: Reader
    shelf: Shelf
    coefficients: Floats | None
    stand_in: Line
    ranking: Ranking
    calibration: Calibration

    def classified(self, finding: Finding) -> Floats:
        """The classifier's score of every entry on the shelf."""
        if self.coefficients is None:
            return self.stand_in.at(finding.nearest)
        return softmax.predict(self.coefficients, finding.texts)
