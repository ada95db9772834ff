"""What an agent hears of at once."""

from dataclasses import replace
from uuid import UUID

from chat.consumers.alerts import alert_for
from chat.models import Author, State
from chat.queries.inbox import InboxRow

CHAT = InboxRow(
    conversation=UUID(int=1),
    number="C-1",
    shop="Camp",
    state=State.HUMAN,
    customer="Li",
    tier="regular",
    tier_name="Regular",
    reason="",
    reason_name="",
    waiting_since=None,
    unanswered_since=None,
    agent="Mei",
    last="谢谢",
    last_author=Author.CUSTOMER,
    seq=4,
    mine=False,
    displeased=False,
)
ANGRY = replace(CHAT, last="你们就是骗子，我要投诉", seq=5, displeased=True)


def code(before: InboxRow | None, now: InboxRow) -> str:
    alert = alert_for(before, now)
    return alert.code if alert else ""


def test_a_lead_hears_of_a_customer_who_is_displeased_with_a_colleague() -> None:
    alert = alert_for(CHAT, ANGRY)

    assert alert is not None
    assert (alert.code, "Li" in alert.sentence, "Mei" in alert.sentence) == ("displeased", True, True)


def test_a_calm_customer_raises_nothing() -> None:
    assert code(CHAT, replace(CHAT, last="好的，那我等快递", seq=5)) == ""


def test_the_second_angry_message_in_a_row_raises_nothing_more() -> None:
    assert code(ANGRY, replace(ANGRY, last="气死我了骗子", seq=6)) == ""
