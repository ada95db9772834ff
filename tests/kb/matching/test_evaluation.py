import pytest

from kb.matching import Candidate, Decision, Match, Matcher
from kb.matching.evaluation import Judgement, Question, Verdict, auroc, confusions, figures, judge


def judged(
    expected: str | None, *ids: str, answered: bool = True, sure: float = 0.9, ms: float = 1
) -> Judgement:
    candidates = tuple(Candidate(id, sure / (rank + 1)) for rank, id in enumerate(ids))
    decision = Decision.ANSWER if answered else Decision.HAND_OVER
    return Judgement(Question("?", expected), Match(decision, candidates, "classifier"), ms / 1000)


ALL = (
    judged("a", "a", "b"),
    judged("a", "b", "a"),
    judged("b", "c", "d", "e", "b", answered=False, sure=0.3),
    judged("b", "b", answered=False, sure=0.4),
    judged(None, "a", sure=0.8),
    judged(None, "a", answered=False, sure=0.1),
)


def test_ranks_are_over_in_scope_questions_whatever_was_decided() -> None:
    found = figures(ALL)

    assert (found.in_scope, found.out_of_scope) == (4, 2)
    assert found.top1 == 2 / 4
    assert found.top3 == 3 / 4
    assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 4 + 1) / 4)


def test_coverage_and_precision_are_over_what_was_answered() -> None:
    found = figures(ALL)

    assert found.coverage == 2 / 4
    assert found.precision == 1 / 2
    assert found.precision_all == 1 / 3
    assert found.oos_recall == 1 / 2


def test_what_cannot_be_divided_is_none() -> None:
    found = figures([judged("a", answered=False)])

    assert (found.precision, found.auroc, found.oos_recall) == (None, None, None)
    assert figures([]).p99_ms is None


def test_auroc_counts_pairs_and_halves_ties() -> None:
    assert auroc([0.9, 0.8], [0.1]) == 1
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.2, 0.9], [0.5, 0.1]) == pytest.approx(3 / 4)
    assert auroc([0.5], []) is None


def test_times_are_percentiles_in_milliseconds() -> None:
    found = figures([judged("a", "a", ms=ms) for ms in range(1, 102)])

    assert found.p50_ms == pytest.approx(51)
    assert found.p99_ms == pytest.approx(100)


def test_confusions_name_what_was_answered_instead() -> None:
    assert confusions([*ALL, judged("a", "b")]) == [("a", "b", 2), (None, "a", 1)]


def test_every_question_is_right_wrong_or_refused() -> None:
    assert [one.verdict for one in ALL] == [
        Verdict.RIGHT, Verdict.WRONG, Verdict.REFUSED, Verdict.REFUSED, Verdict.WRONG, Verdict.REFUSED
    ]  # fmt: skip


def test_a_matcher_is_asked_with_the_turn_before(garden: Matcher) -> None:
    alone, completed = judge(
        garden, [Question("那个呢", "refund"), Question("那个呢", "refund", "退款还没收到")]
    )

    assert completed.rank == 1
    assert completed.confidence > alone.confidence
