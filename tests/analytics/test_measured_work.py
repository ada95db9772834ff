import pytest

from analytics.staffing.measured import measure
from tests.analytics.transcript import lines

CHAT = "c0 b1 c10 a40 c60 a90 c130 a150"


def test_times_are_medians_from_the_agents_first_message_on() -> None:
    work = measure([lines(CHAT)] * 5)

    assert work is not None
    assert (work.chats, work.replies_per_chat) == (5, 3)
    assert work.reply_seconds == 25  # median of 30 and 20
    assert work.customer_seconds == 30  # median of 20 and 40
    assert work.handle_seconds == 110


def test_a_customer_who_went_away_in_between_is_no_pause() -> None:
    gone = lines("c0 a10 c30 a50 c5000 a5010")

    work = measure([gone] * 5)

    assert work is not None
    assert work.customer_seconds == 20


@pytest.mark.parametrize("chats", [[lines(CHAT)] * 4, [lines("c0 b1")] * 9, [lines("c0 a5")] * 9])
def test_too_little_to_measure_is_none(chats: list[tuple[object, ...]]) -> None:
    assert measure(chats) is None
