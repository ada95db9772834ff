"""What a matcher would have done with every wording left out: where thresholds and figures come from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching.confidence import UNTRAINED, Calibration, calibrate, evidence, threshold
from kb.matching.left_out import LeftOut
from kb.matching.match import Method, Report, Thresholds
from kb.matching.ranking import Ranking
from kb.matching.verdicts import Heard, Weighed, heard
from kb.matching.vocabulary import Floats

# Where all wordings are told apart, any confidence would keep the precision among them; messages about something
# else, of which there are none at home, would be answered too.
_DOUBTFUL: Final = 0.6


@dataclass(frozen=True, slots=True)
class Point:
    """At a threshold: the share of wordings answered, and of these the share answered rightly, None without any."""

    threshold: float
    coverage: float
    precision: float | None


@dataclass(frozen=True, slots=True)
class Trial:
    """One place per wording left out, `deals` times each: the evidence for the best entry, the places in the shop's ids of the entry
    the wording belongs to (`truth`) and of the one ranked first (`given`), and whether truth was among three.

    `calibration` makes confidence of evidence; `learned` is what it was before people's verdicts (`heard`) moved it.
    """

    calibration: Calibration
    proof: Floats
    truth: NDArray[np.int64]
    given: NDArray[np.int64]
    among_three: NDArray[np.bool_]
    learned: Calibration
    heard: Heard = Heard()
    deals: int = 1

    @classmethod
    def of(cls, ranked: Ranking, left_out: LeftOut, named: int) -> "Trial":
        """Rank the wordings left out and learn how far the evidence can be trusted."""
        if not len(left_out.truth):
            return cls.nothing()
        classified = left_out.nearest if left_out.classified is None else left_out.classified
        chances = ranked.chances(classified, left_out.nearest)
        order = np.argsort(-chances[:, :named], axis=1, kind="stable")
        given = order[:, 0]
        proof = evidence(chances, left_out.closest, left_out.known, given)
        weight = np.full(len(given), 1 / left_out.deals, dtype=np.float32)
        calibration = calibrate(proof, given == left_out.truth, weight=weight)
        among = (order[:, :3] == left_out.truth[:, None]).any(axis=1)
        return cls(calibration, proof, left_out.truth, given, among, calibration, deals=left_out.deals)

    @classmethod
    def nothing(cls) -> "Trial":
        """That of a shop too small to judge."""
        none, nobody = np.zeros((0, len(UNTRAINED.weights)), dtype=np.float32), np.zeros(0, dtype=np.int64)
        return cls(UNTRAINED, none, nobody, nobody, np.zeros(0, dtype=bool), UNTRAINED)

    def hearing(self, said: Sequence[Weighed]) -> "Trial":
        """The same trial with the confidence as these verdicts move it."""
        moved, found = heard(said, self.learned)
        return replace(self, calibration=moved, heard=found)

    def unmoved(self) -> "Trial":
        """The same trial as it would be without anybody's verdict."""
        return replace(self, calibration=self.learned, heard=Heard())

    @property
    def confidence(self) -> Floats:
        """How sure the matcher was of the best entry of each wording."""
        return self.calibration.confidence(self.proof)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each wording's own entry was ranked first."""
        return np.asarray(self.truth == self.given)

    def thresholds(self, answer: float, offer: float) -> Thresholds:
        """Where to answer and where to offer three, so that each keeps its asked precision."""
        confidence = self.confidence
        lowest = threshold(confidence, self.right, answer, heard=self.heard.moved, deals=self.deals)
        answering = max(lowest, min(answer, _DOUBTFUL))
        below = confidence < answering
        offering = threshold(confidence[below], self.among_three[below], offer, deals=self.deals)
        return Thresholds(answering, min(answering, offering))

    def report(self, method: Method, thresholds: Thresholds, asked: float) -> Report:
        """The figures of this trial."""
        [point] = self.curve([thresholds.answer])
        return Report(
            method=method,
            judged=len(self.truth) // self.deals,
            accuracy=_share(self.right),
            asked_precision=asked,
            coverage=point.coverage,
            precision=point.precision or 0.0,
        )

    def curve(self, thresholds: Sequence[float]) -> list[Point]:
        """What answering from each of these thresholds on would have meant."""
        right, confidence = self.right, self.confidence
        points = []
        for height in thresholds:
            answered = confidence >= height
            precision = _share(right[answered]) if answered.any() else None
            points.append(Point(height, _share(answered), precision))
        return points

    def confusions(self) -> list[tuple[int, int, int]]:
        """Places of two entries taken for each other, either way, and how often; most often first."""
        wrong = ~self.right
        pairs = np.sort(np.column_stack((self.truth[wrong], self.given[wrong])), axis=1)
        counted = Counter((one, other) for one, other in pairs.tolist())
        often = [(one, other, round(count / self.deals)) for (one, other), count in counted.most_common()]
        return [pair for pair in often if pair[2]]


def _share(flags: NDArray[np.bool_]) -> float:
    return float(flags.mean()) if len(flags) else 0.0
