"""People's verdicts against a confidence that was learned from left-out wordings: simulated, as truth is known there."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit

from kb.matching import Entry, Trial, Verdict, train
from kb.matching.confidence import Calibration, calibrate
from kb.matching.normalise import Normaliser
from kb.matching.verdicts import ENOUGH, Weighed, heard, unanswerable, without_rejected
from kb.matching.vocabulary import Floats

ASKED = 0.95
TRUTH = np.array([1.0, 0.0, 4.0, 1.5, -2.5])
SEEDS = range(6)


@dataclass(frozen=True)
class Shop:
    """Left-out wordings are answered rightly as TRUTH has it, customers' questions as TRUTH less `worse` has it."""

    seed: int
    worse: float = 0.0

    def evidence(self, count: int, what: int) -> Floats:
        random = np.random.default_rng([self.seed, what])
        odds = np.clip(random.normal(2.0, 2.0, count), -4, 4)
        columns = [
            odds,
            odds,  # one rival has all the rest
            random.beta(5, 3, count),
            random.beta(6, 2, count),
            np.ones(count),
        ]
        return np.column_stack(columns).astype(np.float32)

    def right(self, proof: Floats, what: int, worse: float) -> NDArray[np.bool_]:
        chance = expit(proof @ TRUTH - worse)
        return np.asarray(np.random.default_rng([self.seed, what, 1]).uniform(size=len(proof)) < chance)

    @property
    def trial(self) -> Trial:
        proof = self.evidence(600, 1)
        right = self.right(proof, 1, 0.0)
        learned = calibrate(proof, right)
        given = np.zeros(len(right), dtype=np.int64)
        return Trial(learned, proof, np.where(right, 0, 1), given, right, learned)

    def precision(self, trial: Trial) -> float:
        """Of customers' questions answered above the trial's threshold, the share answered rightly."""
        proof = self.evidence(40_000, 2)
        answered = trial.calibration.confidence(proof) >= trial.thresholds(ASKED, 0.7).answer
        return float(self.right(proof, 2, self.worse)[answered].mean())

    def coverage(self, trial: Trial) -> float:
        proof = self.evidence(40_000, 2)
        return float((trial.calibration.confidence(proof) >= trial.thresholds(ASKED, 0.7).answer).mean())

    def said(self, count: int, **fields: Any) -> list[Weighed]:
        """Thumbs under answers that the bot gave; who was not helped presses three times as readily."""
        proof = self.evidence(count * 30, 3)
        shown = proof[self.trial.calibration.confidence(proof) >= self.trial.thresholds(ASKED, 0.7).answer]
        right = self.right(shown, 3, self.worse)
        by_staff = bool(fields.get("by_staff"))
        readily = np.where(right | by_staff, 0.1, 0.3)
        pressed = np.flatnonzero(np.random.default_rng([self.seed, 4]).uniform(size=len(shown)) < readily)
        return [
            Weighed(Verdict("?", "0", bool(right[at]), voter=f"{fields.get('voter', at)}", by_staff=by_staff),
                    shown[at], bool(right[at]))
            for at in pressed[:count].tolist()
        ]  # fmt: skip


@pytest.mark.parametrize("by_staff", [False, True])
def test_the_promise_is_kept_where_left_out_wordings_were_too_good(by_staff: bool) -> None:
    shops = [Shop(seed, worse=1.5) for seed in SEEDS]
    kept = [shop.trial.hearing([*shop.said(300, by_staff=by_staff)]) for shop in shops]

    before = np.mean([shop.precision(shop.trial) for shop in shops])
    after = np.mean([shop.precision(trial) for shop, trial in zip(shops, kept, strict=True)])

    assert before < ASKED - 0.04
    assert after > ASKED - 0.02


def test_where_left_out_wordings_told_the_truth_little_changes() -> None:
    shops = [Shop(seed) for seed in SEEDS]
    kept = [shop.trial.hearing(shop.said(300)) for shop in shops]

    precision = np.mean([shop.precision(trial) for shop, trial in zip(shops, kept, strict=True)])
    before = np.mean([shop.coverage(shop.trial) for shop in shops])
    after = np.mean([shop.coverage(trial) for shop, trial in zip(shops, kept, strict=True)])

    assert precision > ASKED - 0.02
    assert after > before - 0.06


def test_praise_never_lowers_what_left_out_wordings_keep() -> None:
    for seed in SEEDS:
        shop = Shop(seed, worse=-2.0)
        praised = shop.trial.hearing(shop.said(300, by_staff=True))

        [point] = praised.curve([praised.thresholds(ASKED, 0.7).answer])

        assert praised.heard.moved
        assert point.precision is not None
        assert point.precision >= ASKED


def test_too_few_verdicts_or_voters_move_nothing() -> None:
    shop = Shop(1, worse=1.5)
    few = shop.said(ENOUGH - 1, by_staff=True)
    one_voter = shop.said(300, voter="same")

    for said in (few, one_voter, []):
        trial = shop.trial.hearing(said)
        assert trial.thresholds(ASKED, 0.7) == shop.trial.thresholds(ASKED, 0.7)
        assert not trial.heard.moved


def test_one_visitor_hardly_moves_what_many_said() -> None:
    shop = Shop(2)
    many = shop.said(200)
    wrong = Verdict("?", "0", right=False, voter="angry")
    angry = [Weighed(wrong, one.proof, right=False) for one in many]

    without, with_him = (shop.trial.hearing(said) for said in (many, [*many, *angry]))

    assert abs(shop.coverage(without) - shop.coverage(with_him)) < 0.05


def test_a_verdict_by_a_colleague_counts_in_full_whichever_way() -> None:
    proof = np.array([2.0, 2.0, 0.5, 0.5, 1.0], dtype=np.float32)
    said = [
        Weighed(Verdict("?", "0", right, voter=str(number), by_staff=True), proof, right)
        for number, right in enumerate([True] * 30 + [False] * 30)
    ]

    _moved, found = heard(said, Calibration((1.0, 0.0, 1.0, 1.0, 1.0)))

    assert found.right == pytest.approx(0.5)


TENT = Entry("tent", "How do I pitch the tent?", ("pitching my tent",))
LAMP = Entry("lamp", "How do I charge the lamp?", ("charging my lamp",))


def test_rejected_pairs_become_negatives_of_their_entry_only() -> None:
    said = [
        Verdict("how do I wash the tent", "tent", right=False, voter="mei", by_staff=True),
        Verdict("how do I fold the tent", "tent", right=False, voter="guest"),
        Verdict("Pitching my tent", "tent", right=False, voter="mei", by_staff=True),
    ]

    tent, lamp = without_rejected([TENT, LAMP], said, Normaliser({}))

    assert tent.negatives == ("how do I wash the tent",)
    assert lamp.negatives == ()


def test_who_denies_a_rejection_takes_it_back() -> None:
    said = [
        Verdict("how do I wash the tent", "tent", right=False, voter="mei", by_staff=True),
        Verdict("how do I wash the tent", "tent", right=True, voter="bo", by_staff=True),
    ]

    assert without_rejected([TENT], said, Normaliser({})) == [TENT]
    assert unanswerable(said, [TENT], Normaliser({})) == []


def test_a_question_is_unanswerable_until_somebody_finds_its_article() -> None:
    rejected = Verdict("do you sell kayaks", "tent", right=False, voter="mei", by_staff=True)
    found = Verdict("do you sell kayaks", "lamp", right=True, voter="guest")
    kayaks = Entry("kayaks", "Do you sell kayaks")

    assert unanswerable([rejected], [TENT, LAMP], Normaliser({})) == ["do you sell kayaks"]
    assert unanswerable([rejected, found], [TENT, LAMP], Normaliser({})) == []
    assert unanswerable([rejected], [TENT, kayaks], Normaliser({})) == []


def test_a_rejected_question_is_handed_over() -> None:
    rejected = Verdict("how do I wash the tent", "tent", right=False, voter="mei", by_staff=True)

    without, heard_of = (
        train([TENT, LAMP], verdicts=said, use_vectors=False, answer_precision=0.6, offer_precision=0.5)
        for said in ((), (rejected,))
    )

    assert without.match("how do I wash the tent").candidates[0].id == "tent"
    assert heard_of.match("how do I wash the tent").decision == "hand_over"
    assert heard_of.match("how do I pitch the tent").decision == "answer"
