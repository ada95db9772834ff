"""Golden conversations: who waited how long, worked out by hand."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.kpis.turns import Author, HandOff, Line, Turn, turns
from tests.analytics.transcript import at, hand_offs, lines, turns_of

GOLDEN = {
    "nobody wrote": ("", ""),
    "one question and one answer of the bot": ("c0 b2", "1>bot 2"),
    "one question and one answer of an agent": ("c0 a45", "1>agent 45"),
    "three messages in a row wait from the first": ("c0 c10 c25 a40", "1>agent 40"),
    "three replies in a row count once": ("c0 b2 b3 b4", "1>bot 2"),
    "two questions, two turns": ("c0 b2 c30 b33", "1>bot 2, 3>bot 3"),
    "a question without an answer": ("c0", "1>-"),
    "the last message stays open": ("c0 b2 c60", "1>bot 2, 3>-"),
    "a system line is no reply": ("c0 s1 b5", "1>bot 5"),
    "a system line alone answers nobody": ("c0 s1", "1>-"),
    "a greeting before the first question opens nothing": ("b0 c10 b12", "2>bot 2"),
    "an agent who writes first opens nothing": ("a0 c50 a80", "2>agent 30"),
    "a system line between questions changes nothing": ("c0 s5 c9 a30", "1>agent 30"),
    "an answer in the same second": ("c0 b0", "1>bot 0"),
    "the reply's clock runs behind the question's": ("c10 a9", "1>agent 0"),
    "over midnight": ("c50 a70", "1>agent 20"),
    "overnight until the morning": ("c0 a32400", "1>agent 32400"),
    "longer than ten minutes is not cut": ("c0 a900", "1>agent 900"),
    "the bot gives up, a person answers": ("c0 b2 h3 a63", "1>bot 2, h>agent 60"),
    "the hand-off message comes with the hand-off": ("c0 b2 h2 a62", "1>agent 60"),
    "an unanswered question is handed over": ("c0 h20 a50", "1>agent 30"),
    "handed over, then asks again: the hand-off counts": ("c0 b2 h3 c30 a63", "1>bot 2, h>agent 60"),
    "a question that asks for a person": ("c0 h0 a30", "1>agent 30"),
    "a person asked for at once": ("h0 c5 a20", "h>agent 20"),
    "the bot's word of comfort after the hand-off is no reply": (
        "c0 b2 h3 b10 b20 a63",
        "1>bot 2, h>agent 60",
    ),
    "nobody comes after the hand-off": ("c0 b2 h3", "1>bot 2, h>-"),
    "a second click on the button does not restart the clock": ("c0 b2 h3 h30 a63", "1>bot 2, h>agent 60"),
    "after the first human reply the customer's messages count": (
        "c0 b2 h3 a63 c100 a130",
        "1>bot 2, h>agent 60, 4>agent 30",
    ),
    "the hand-off ends unanswered": ("c0 b2 h3-500 b510", "1>bot 2, h>-"),
    "the hand-off ends unanswered and the bot takes the next question": (
        "c0 b2 h3-500 c600 b602",
        "1>bot 2, h>-, 3>bot 2",
    ),
    "a question and its hand-off both end unanswered": ("c0 h10-500 c600 b603", "1>-, 2>bot 3"),
    "reopened the next day, the clock starts anew": (
        "c0 b2 h3-300 a63 c86400 b86403",
        "1>bot 2, h>agent 60, 4>bot 3",
    ),
    "back to the bot and handed over again": (
        "c0 b2 h3-200 a63 c300 b302 h303 a363",
        "1>bot 2, h>agent 60, 4>bot 2, h>agent 60",
    ),
    "an agent takes over unasked": ("c0 b2 c30 a70", "1>bot 2, 3>agent 40"),
    "passed on to a second agent": ("c0 a20 c60 s70 a120", "1>agent 20, 3>agent 60"),
    "passed on before the first agent answered": ("c0 s30 s31 a90", "1>agent 90"),
    "bot and agent alternate": ("c0 b1 c10 a20 c30 b31", "1>bot 1, 3>agent 10, 5>bot 1"),
    "a message delivered twice counts once": ("c0#1 b2#2 b2#2 c9#3 c9#3 b12#4", "1>bot 2, 3>bot 3"),
    "lines arrive in another order than they were written": ("b2#2 c0#1 b33#4 c30#3", "1>bot 2, 3>bot 3"),
    "seq decides where the times contradict": ("c10#1 b5#2 c6#3 b20#4", "1>bot 0, 3>bot 14"),
    "holes in the order do no harm": ("c0#1 b2#7 c9#20 b10#31", "1>bot 2, 20>bot 1"),
    "a thank-you that nobody answers": ("c0 a30 c40", "1>agent 30, 3>-"),
    "a hand-off after the last word": ("c0 b2 c9 b10 h11", "1>bot 2, 3>bot 1, h>-"),
}


@pytest.mark.parametrize(("text", "expected"), GOLDEN.values(), ids=GOLDEN.keys())
def test_golden_conversation(text: str, expected: str) -> None:
    assert turns_of(text) == expected


def test_there_are_forty_golden_conversations() -> None:
    assert len(GOLDEN) >= 40


def test_a_turn_tells_question_answer_and_clock() -> None:
    (turn,) = turns(lines("c0 c4 h10 a40"), hand_offs("h10"))

    assert turn == Turn(1, at(10), Author.AGENT, answer_seq=3, answered_at=at(40), seconds=30.0)


def test_an_unanswered_turn_tells_since_when() -> None:
    (turn,) = turns(lines("c7"))

    assert turn == Turn(1, at(7))


def test_a_hand_off_holds_from_its_first_moment_up_to_its_end() -> None:
    hand_off = HandOff(at(10), at(20))

    assert [hand_off.holds(at(second)) for second in (9, 10, 19, 20)] == [False, True, True, False]


@st.composite
def conversations(draw: st.DrawFn) -> tuple[list[Line], list[HandOff]]:
    authors = draw(st.lists(st.sampled_from(Author), max_size=25))
    times = sorted(draw(st.lists(st.integers(0, 900), min_size=len(authors), max_size=len(authors))))
    starts = draw(st.lists(st.integers(0, 900), max_size=3))
    spans = [HandOff(at(begin), draw(st.sampled_from([None, at(begin + 50)]))) for begin in starts]
    rows = zip(authors, times, strict=True)
    return [Line(seq, author, at(second)) for seq, (author, second) in enumerate(rows, start=1)], spans


@given(conversations())
def test_turns_do_not_overlap_and_no_wait_is_negative(case: tuple[list[Line], list[HandOff]]) -> None:
    found = turns(*case)

    moments = [moment for turn in found for moment in (turn.since, turn.answered_at) if moment is not None]
    assert moments == sorted(moments)
    assert all(turn.seconds is None or turn.seconds >= 0 for turn in found)


@given(conversations(), st.randoms())
def test_neither_order_of_delivery_nor_repeats_matter(
    case: tuple[list[Line], list[HandOff]], chance: Random
) -> None:
    written, spans = case
    delivered = [*written, *written[:5]]
    chance.shuffle(delivered)

    assert turns(delivered, spans) == turns(written, spans)


@given(conversations())
def test_system_lines_change_nothing_without_hand_offs(case: tuple[list[Line], list[HandOff]]) -> None:
    written, _ = case

    assert turns(written) == turns([line for line in written if line.author is not Author.SYSTEM])
