import pytest

from kb.matching import Decision, Thresholds
from kb.matching.replay import PastTurn, replay

THEN = Thresholds(answer=0.8, offer=0.4)
TURNS = [
    PastTurn(0.9, Decision.ANSWER, THEN),
    PastTurn(0.6, Decision.OFFER, THEN),
    PastTurn(0.3, Decision.HAND_OVER, THEN),
]


@pytest.mark.parametrize(
    ("thresholds", "counts"),
    [
        (THEN, (1, 1, 1)),
        (Thresholds(0.5, 0.2), (2, 1, 0)),
        (Thresholds(0.95, 0.7), (0, 1, 2)),
    ],
)
def test_the_same_questions_are_decided_anew(thresholds: Thresholds, counts: tuple[int, ...]) -> None:
    assert tuple(replay(TURNS, thresholds).values()) == counts


def test_a_question_handed_over_in_spite_of_its_confidence_stays_handed_over() -> None:
    repeated = PastTurn(0.6, Decision.HAND_OVER, THEN)

    assert repeated.under(Thresholds(0.1, 0.1)) is Decision.HAND_OVER
