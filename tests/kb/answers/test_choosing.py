"""Which answer is said when: a table, and what holds for every table."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.answers import Answer, Circumstances, OtherAnswer, Situation
from kb.answers.circumstances import chosen, hidden_by

NOON = datetime(2026, 11, 11, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
GOLD, WEB = Circumstances(tiers=("gold", "vip")), Circumstances(channels=("web",))
TENT, TENTS = Circumstances(products=("TENT-1",)), Circumstances(categories=("tents",))
SALE = Circumstances(begins=NOON - HOUR, ends=NOON + HOUR)
OVER = Circumstances(products=("TENT-1",), ends=NOON)
TO_COME = Circumstances(begins=NOON + timedelta(seconds=1))
GOLD_TENT = Circumstances(products=("TENT-1",), tiers=("gold",))

A_GOLD_CUSTOMER_AT_THE_TENT = Situation(NOON, "web", "gold", "TENT-1", "tents")


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        ([], None),
        ([OVER, TO_COME], None),
        ([SALE, WEB], WEB),
        ([WEB, GOLD], GOLD),
        ([GOLD, TENTS], TENTS),
        ([TENTS, TENT], TENT),
        ([TENT, GOLD_TENT], GOLD_TENT),
        ([GOLD, Circumstances(tiers=("gold",))], GOLD),
        ([Circumstances(products=("LAMP",)), SALE], SALE),
    ],
)
def test_the_weightiest_that_fits_is_said(offered: list[Circumstances], said: Circumstances | None) -> None:
    place = chosen(offered, A_GOLD_CUSTOMER_AT_THE_TENT)

    assert (None if place is None else offered[place]) == said


@pytest.mark.parametrize("named", [GOLD, WEB, TENT, TENTS])
def test_what_is_not_known_fits_nothing_that_names_it(named: Circumstances) -> None:
    assert chosen([named], Situation(NOON)) is None


def test_an_answer_stands_until_the_moment_it_ends() -> None:
    assert chosen([SALE], Situation(NOON + HOUR - timedelta(seconds=1))) == 0
    assert chosen([SALE], Situation(NOON + HOUR)) is None
    assert chosen([SALE], Situation(NOON - HOUR)) == 0


def names(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


MOMENTS = st.none() | st.integers(-3, 3).map(lambda hours: NOON + hours * HOUR)
CIRCUMSTANCES = st.builds(
    Circumstances,
    products=names("TENT-1", "LAMP"),
    categories=names("tents", "light"),
    tiers=names("gold", "regular"),
    channels=names("web", "jd"),
    begins=MOMENTS,
    ends=MOMENTS,
)
SITUATIONS = st.builds(
    Situation,
    at=st.integers(-3, 3).map(lambda hours: NOON + hours * HOUR),
    channel=st.sampled_from(["web", "jd", ""]),
    tier=st.sampled_from(["gold", "regular", ""]),
    product=st.sampled_from(["TENT-1", "LAMP", ""]),
    category=st.sampled_from(["tents", "light", ""]),
)


@given(st.lists(CIRCUMSTANCES, max_size=5), SITUATIONS)
def test_nothing_is_said_before_or_after_its_time(offered: list[Circumstances], situation: Situation) -> None:
    place = chosen(offered, situation)

    if place is not None:
        said = offered[place]
        assert said.begins is None or said.begins <= situation.at
        assert said.ends is None or situation.at < said.ends


@given(st.lists(CIRCUMSTANCES, max_size=5), SITUATIONS)
def test_something_is_always_said(offered: list[Circumstances], situation: Situation) -> None:
    others = tuple(OtherAnswer(f"other {n}", when) for n, when in enumerate(offered, start=1))

    told = Answer("base", others=others).told(situation, lambda names: {})

    assert told.body == (f"other {told.chosen}" if told.chosen else "base")


@given(
    st.lists(CIRCUMSTANCES, min_size=2, max_size=4, unique_by=lambda one: one.weight),
    SITUATIONS,
    st.randoms(),
)
def test_the_order_of_the_list_only_decides_between_equals(
    offered: list[Circumstances], situation: Situation, random: object
) -> None:
    shuffled = sorted(offered, key=lambda _one: random.random())  # type: ignore[attr-defined]
    before, after = chosen(offered, situation), chosen(shuffled, situation)

    assert (before is None) == (after is None)
    assert before is None or after is None or offered[before] == shuffled[after]


@given(st.lists(CIRCUMSTANCES, min_size=1, max_size=4), SITUATIONS)
def test_what_another_hides_is_never_said(offered: list[Circumstances], situation: Situation) -> None:
    place = chosen(offered, situation)

    assert place is None or hidden_by(offered, place) is None
