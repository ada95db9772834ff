"""Turns a shop's entries into a matcher: learn, leave every wording out once, decide, calibrate."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from kb.matching import ranking, vectors
from kb.matching.classifier import affordable
from kb.matching.entry import Entry
from kb.matching.exact import ExactMap
from kb.matching.knowledge import Knowledge
from kb.matching.left_out import LeftOut, leave_out
from kb.matching.lesson import REJECT, Lesson, flat
from kb.matching.matcher import Matcher
from kb.matching.material import Material
from kb.matching.model import Line, Model
from kb.matching.normalise import Normaliser
from kb.matching.ranking import Ranking
from kb.matching.reader import Reader
from kb.matching.trial import Trial
from kb.matching.verdicts import Verdict, unanswerable, without_rejected

ANSWER_PRECISION: Final = 0.95
OFFER_PRECISION: Final = 0.70


def train(
    entries: Sequence[Entry],
    *,
    synonyms: Mapping[str, str] | None = None,
    rejects: Sequence[str] = (),
    verdicts: Sequence[Verdict] = (),
    use_vectors: bool = True,
    seed: int = 0,
    answer_precision: float = ANSWER_PRECISION,
    offer_precision: float = OFFER_PRECISION,
) -> Matcher:
    """Learn a shop's entries; `rejects` are messages none of them answers, `verdicts` what people said of answers.

    `answer_precision` is the share of answers that must be right, `offer_precision` that of offers with the right
    entry among three. Without the sentence encoder installed `use_vectors` has no effect; `seed` picks which
    wordings are judged in a shop with too many to judge them all.
    """
    normaliser = Normaliser(dict(synonyms or {}))
    entries = without_rejected(entries, verdicts, normaliser)
    rejects = [*rejects, *unanswerable(verdicts, entries, normaliser)]
    lesson = Lesson.of(entries, rejects)
    wordings, with_meaning = flat(lesson.wordings), use_vectors and vectors.available()
    loose = not affordable(len(lesson.ids), len(wordings))
    reader = Reader.learn(wordings, normaliser, use_vectors=with_meaning, loose=loose)
    material = Material.of(lesson, reader)
    left_out = leave_out(material, seed)
    ranked = _choose(left_out)
    trial = Trial.of(ranked, left_out, lesson.named)
    learned = material.learn(classify=material.is_classified)
    reader = replace(reader, metric=learned.metric)
    shelf = learned.shelf.with_negatives(lesson, reader)
    model = Model(reader, shelf, learned.classifier, _stand_in(left_out), ranked, trial.calibration)
    exact = ExactMap.of([*entries, Entry(REJECT, "", tuple(rejects))], normaliser)
    thresholds = trial.thresholds(answer_precision, offer_precision)
    report = trial.report(ranked.method, thresholds, answer_precision)
    matcher = Matcher.of(Knowledge(model, trial, thresholds, report, exact))
    if not verdicts:
        return matcher
    asked = {"answer_precision": answer_precision, "offer_precision": offer_precision}
    return matcher.hearing(verdicts).keeping(**asked)


def _choose(left_out: LeftOut) -> Ranking:
    if left_out.classified is None:
        return ranking.nearest_only(left_out.nearest, left_out.truth)
    return ranking.choose(left_out.classified, left_out.nearest, left_out.truth)


def _stand_in(left_out: LeftOut) -> Line:
    """The line through what the classifier says of the nearest entries."""
    if left_out.classified is None or len(left_out.truth) < 2:
        return Line()
    rows, best = np.arange(len(left_out.truth)), left_out.nearest.argmax(axis=1)
    heights = left_out.classified[rows, best]
    slope, start = np.polyfit(left_out.nearest[rows, best], heights, 1)
    return Line(float(slope), float(start))
