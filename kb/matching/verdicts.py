"""What people said of answers, and how far that moves the confidence that left-out wordings taught.

Left-out wordings are the shop's own words; customers ask in theirs, so a shop's people may find that the bot is right
less often than it promised. Their verdicts are a small and slanted sample: each voter has a limited say, and the
weights are pulled towards what the left-out wordings say.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from kb.matching.confidence import Calibration, calibrate
from kb.matching.entry import Entry
from kb.matching.normalise import Normaliser
from kb.matching.vocabulary import Floats

# Fewer than these, or from fewer people, move nothing.
ENOUGH: Final = 20
ENOUGH_VOTERS: Final = 5
# What one customer, and one colleague, may weigh at most, in verdicts.
_ONE_CUSTOMER: Final = 1.0
_ONE_COLLEAGUE: Final = 30.0
# Who was not helped presses a thumb about this many times as readily as who was: a guess, as nobody can ask the
# silent. Colleagues judge what they read, right or wrong, and count in full.
_READIER: Final = 3.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Somebody's word on whether an entry answers a question; `previous` is the customer's turn before it."""

    question: str
    entry: str
    right: bool
    voter: str
    by_staff: bool = False
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A verdict on the entry that a matcher ranks first, with the evidence for that (see confidence.evidence)."""

    verdict: Verdict
    proof: Floats
    right: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What verdicts say together: how many, how many of them by colleagues, from how many people; the share they find
    right, as weighed, beside the mean confidence promised for the same questions; and whether they moved it."""

    count: int = 0
    by_staff: int = 0
    voters: int = 0
    right: float = 0.0
    promised: float = 0.0
    moved: bool = False


def heard(said: Sequence[Weighed], calibration: Calibration) -> tuple[Calibration, Heard]:
    """The calibration these verdicts move this one to, and what they say; the same one when they are too few."""
    if not said:
        return calibration, Heard()
    proof = np.stack([one.proof for one in said])
    right = np.array([one.right for one in said])
    weight = _weights(said)
    voters = len({one.verdict.voter for one in said})
    enough = bool(weight.sum() >= ENOUGH) and voters >= ENOUGH_VOTERS
    moved = calibrate(proof, right, calibration, weight=weight) if enough else calibration
    return moved, Heard(
        len(said),
        sum(one.verdict.by_staff for one in said),
        voters,
        float(np.average(right, weights=weight)),
        float(np.average(calibration.confidence(proof), weights=weight)),
        enough,
    )


def _weights(said: Sequence[Weighed]) -> Floats:
    """What each verdict weighs: nobody more than his limit, however often he votes."""
    plain = [1.0 if one.verdict.by_staff or one.right else 1 / _READIER for one in said]
    total: dict[str, float] = defaultdict(float)
    for one, weight in zip(said, plain, strict=True):
        total[one.verdict.voter] += weight
    most = [_ONE_COLLEAGUE if one.verdict.by_staff else _ONE_CUSTOMER for one in said]
    limited = [
        weight * min(1.0, limit / total[one.verdict.voter])
        for one, weight, limit in zip(said, plain, most, strict=True)
    ]
    return np.array(limited, dtype=np.float32)


def without_rejected(
    entries: Iterable[Entry], verdicts: Iterable[Verdict], normaliser: Normaliser
) -> list[Entry]:
    """The entries; the questions that they were rejected for are among what they must not be taken for."""
    contrary: dict[str, list[str]] = defaultdict(list)
    for question, entry in _rejected(verdicts):
        contrary[entry].append(question)
    return [_ruling_out(entry, contrary[entry.id], normaliser) for entry in entries]


def _ruling_out(entry: Entry, questions: Sequence[str], normaliser: Normaliser) -> Entry:
    """An entry's own wordings stay its own, whatever was said."""
    own = {normaliser.key(wording) for wording in entry.wordings}
    strange = [question for question in questions if normaliser.key(question) not in own]
    return replace(entry, negatives=tuple(dict.fromkeys((*entry.negatives, *strange))))


def unanswerable(verdicts: Iterable[Verdict], entries: Iterable[Entry], normaliser: Normaliser) -> list[str]:
    """Questions that colleagues rejected entries for, that nobody found one for, and that are no entry's wording."""
    listed = list(verdicts)
    known = {normaliser.key(wording) for entry in entries for wording in entry.wordings}
    known |= {normaliser.key(one.question) for one in listed if one.right}
    questions = dict.fromkeys(question for question, _entry in _rejected(listed))
    return [question for question in questions if normaliser.key(question) not in known]


def _rejected(verdicts: Iterable[Verdict]) -> list[tuple[str, str]]:
    """Questions and entries that do not belong together, as a colleague said and nobody denied; once each."""
    listed = list(verdicts)
    denied = {(one.question, one.entry) for one in listed if one.right}
    said = [(one.question, one.entry) for one in listed if one.by_staff and not one.right]
    return [pair for pair in dict.fromkeys(said) if pair not in denied]
