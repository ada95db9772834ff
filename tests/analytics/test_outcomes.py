"""Golden conversations: how they ended, and the rates that follow."""

from datetime import timedelta
from typing import Any

import pytest

from analytics.kpis.outcomes import (
    RULES,
    Facts,
    Outcome,
    ai_resolution,
    facts_of,
    human_intervention,
    outcome,
)
from tests.analytics.transcript import at, conversation

GOLDEN: dict[str, tuple[str, dict[str, Any], Outcome]] = {
    "answered and thumbs up": ("c0 b2!", {"confirmed": True}, Outcome.AI_CONFIRMED),
    "answered and silent for three days": ("c0 b2!", {}, Outcome.AI_ASSUMED),
    "greeted, then answered": ("b0 c5 b7!", {}, Outcome.AI_ASSUMED),
    "did not know, then answered": ("c0 b2? c20 b22!", {}, Outcome.AI_ASSUMED),
    "answered, thanked, said goodbye": ("c0 b2! c30 b31", {}, Outcome.AI_ASSUMED),
    "answered, thumbs up, and a last thank-you": ("c0 b2! c30", {"confirmed": True}, Outcome.AI_CONFIRMED),
    "answered, and the next question stays open": ("c0 b2! c30", {}, Outcome.ABANDONED),
    "answered, then did not know": ("c0 b2! c30 b32?", {}, Outcome.ABANDONED),
    "did not know and the customer left": ("c0 b2?", {}, Outcome.ABANDONED),
    "only a greeting came back": ("c0 b1", {}, Outcome.ABANDONED),
    "nothing came back": ("c0", {}, Outcome.ABANDONED),
    "only system lines came back": ("c0 s1 s2", {}, Outcome.ABANDONED),
    "thumbs up without an answer is no resolution": ("c0 b1", {"confirmed": True}, Outcome.ABANDONED),
    "thumbs down": ("c0 b2!", {"denied": True}, Outcome.UNSOLVED),
    "thumbs down and back within a day": (
        "c0 b2!",
        {"denied": True, "returned_after_hours": 20},
        Outcome.UNSOLVED,
    ),
    "back after an hour": ("c0 b2!", {"returned_after_hours": 1}, Outcome.CAME_BACK),
    "thumbs up, but back after a day": (
        "c0 b2!",
        {"confirmed": True, "returned_after_hours": 24},
        Outcome.CAME_BACK,
    ),
    "back after exactly 72 hours": ("c0 b2!", {"returned_after_hours": 72}, Outcome.CAME_BACK),
    "back a second after 72 hours": ("c0 b2!", {"returned_after_hours": 72 + 1 / 3600}, Outcome.AI_ASSUMED),
    "bot, hand-off, person": ("c0 b2? h3 a60", {}, Outcome.HANDED_OVER),
    "answered, yet a person was asked for": ("c0 b2! h30 a60", {}, Outcome.HANDED_OVER),
    "an agent took over unasked": ("c0 b2! c30 a50", {}, Outcome.HANDED_OVER),
    "handed over, thumbs up for the person": ("c0 b2? h3 a60", {"confirmed": True}, Outcome.HANDED_OVER),
    "handed over and back the next day": (
        "c0 b2? h3 a60",
        {"returned_after_hours": 20},
        Outcome.HANDED_OVER,
    ),
    "handed over and nobody came": ("c0 b2? h3", {}, Outcome.ABANDONED),
    "answered, handed over, nobody came": ("c0 b2! h30-500", {}, Outcome.ABANDONED),
    "a person alone": ("c0 a30", {}, Outcome.HUMAN),
    "a person asked for before the bot spoke": ("c0 h0 a30", {}, Outcome.HUMAN),
    "an agent wrote first": ("a0 c50 a80", {}, Outcome.HUMAN),
    "still open": ("c0 b2!", {"ended_at": None}, Outcome.PENDING),
    "still open with a person in it": ("c0 b2? h3 a60", {"ended_at": None}, Outcome.PENDING),
}


@pytest.mark.parametrize(("text", "rest", "expected"), GOLDEN.values(), ids=GOLDEN.keys())
def test_golden_conversation(text: str, rest: dict[str, Any], expected: Outcome) -> None:
    a_week_later = at(600) + timedelta(days=7)

    assert outcome(facts_of(conversation(text, **rest), a_week_later)) is expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0, Outcome.PENDING), (71.9, Outcome.PENDING), (72, Outcome.AI_ASSUMED), (500, Outcome.AI_ASSUMED)],
)
def test_the_ai_is_credited_only_when_72_hours_have_passed(hours: float, expected: Outcome) -> None:
    facts = facts_of(conversation("c0 b2!"), at(600) + timedelta(hours=hours))

    assert outcome(facts) is expected


@pytest.mark.parametrize("text", ["c0 b2? h3 a60", "c0 a30", "c0 b2?", "c0"])
def test_what_no_return_can_change_is_settled_at_once(text: str) -> None:
    assert outcome(facts_of(conversation(text), at(600))) is not Outcome.PENDING


def test_a_return_is_known_before_the_72_hours_are_over() -> None:
    facts = facts_of(conversation("c0 b2!", returned_after_hours=2), at(600) + timedelta(hours=3))

    assert outcome(facts) is Outcome.CAME_BACK


def test_every_outcome_has_a_rule_and_a_golden_conversation() -> None:
    assert {result for _, result in RULES} == set(Outcome)
    assert {expected for *_, expected in GOLDEN.values()} == set(Outcome)


def test_the_last_rule_always_holds() -> None:
    nothing = Facts(*([False] * 10))
    everything = Facts(*([True] * 10))

    assert RULES[-1][0](nothing)
    assert RULES[-1][0](everything)


def test_the_ai_resolution_rate_shows_its_parts() -> None:
    outcomes = (
        [Outcome.AI_CONFIRMED] * 3
        + [Outcome.AI_ASSUMED] * 2
        + [Outcome.CAME_BACK]
        + [Outcome.HANDED_OVER] * 3
        + [Outcome.ABANDONED]
        + [Outcome.PENDING] * 5
    )

    result = ai_resolution(outcomes)

    assert (result.resolved.share, result.confirmed.share, result.assumed.share) == (0.5, 0.3, 0.2)
    assert (result.came_back.share, result.resolved.denominator, result.pending) == (0.1, 10, 5)


def test_half_involved_and_six_in_ten_resolved_automate_three_in_ten() -> None:
    """The published example of an automation rate: 50 % x 60 % = 30 %."""
    involved = [Outcome.AI_ASSUMED] * 300 + [Outcome.HANDED_OVER] * 200

    result = ai_resolution(involved)

    assert result.resolved.share == pytest.approx(0.6)
    assert result.resolved.numerator / 1000 == pytest.approx(0.3)


def test_no_conversation_has_no_rate() -> None:
    assert ai_resolution([]).resolved.share is None


def test_human_intervention_is_of_all_conversations() -> None:
    assert human_intervention(conversations=200, with_a_person=50).share == 0.25
