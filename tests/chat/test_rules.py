from datetime import timedelta

import pytest

from chat import rules
from cscore.commerce.models import Tier
from tests.factories import MONDAY_9AM


def key(minutes_waited: float, tier: str) -> object:
    return rules.queue_key(waiting_since=MONDAY_9AM - timedelta(minutes=minutes_waited), tier=tier)


def test_a_better_customer_comes_before_one_who_came_with_him() -> None:
    tiers = [Tier.REGULAR, Tier.VIP, Tier.SILVER, Tier.GOLD]

    assert sorted(tiers, key=lambda tier: key(1, tier)) == [Tier.VIP, Tier.GOLD, Tier.SILVER, Tier.REGULAR]


def test_nobody_waits_longer_than_the_largest_head_start_behind_newcomers() -> None:
    longest = max(rules.HEAD_START.values()) / timedelta(minutes=1)

    assert key(longest + 0.1, Tier.REGULAR) < key(0, Tier.VIP)


def test_strangers_have_no_head_start() -> None:
    assert key(5, "") == key(5, Tier.REGULAR)


@pytest.mark.parametrize(
    ("available", "seconds", "present"), [(True, 60, True), (True, 61, False), (False, 0, False)]
)
def test_an_agent_is_present_while_his_desk_is_heard_of(available: bool, seconds: int, present: bool) -> None:
    seen_at = MONDAY_9AM - timedelta(seconds=seconds)

    assert rules.is_present(available=available, seen_at=seen_at, at=MONDAY_9AM) is present


@pytest.mark.parametrize(
    ("ahead", "slots", "busy", "expected"),
    [
        (0, 0, 0, None),  # nobody is there
        (0, 5, 4, 0),  # a place is free
        (1, 5, 4, 120),  # the next of five places comes free after 600 / 5 seconds
        (9, 5, 5, 1200),  # ten chats at 120 seconds each
        (0, 5, 7, 120),  # more chats than places, after a capacity was lowered
    ],
)
def test_the_wait_is_estimated_from_places_and_lengths(
    ahead: int, slots: int, busy: int, expected: int | None
) -> None:
    assert rules.expected_wait_s(ahead=ahead, slots=slots, busy=busy, handling_s=[600.0] * 5) == expected


def test_too_few_samples_make_no_estimate() -> None:
    assert rules.expected_wait_s(ahead=3, slots=1, busy=1, handling_s=[600.0] * 4) is None
