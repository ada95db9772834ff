"""When the bot gives a displeased customer to a person, and when it does what he asks first."""

import pytest

from chat.bot.memory import Memory
from chat.bot.pipeline import answer
from chat.bot.turn import Reply, Turn
from cscore.language.displeasure import THRESHOLD
from tests.chat.bot_world import KnowsNothing, NoOrders


def reply_to(text: str, **turn: object) -> Reply:
    reply = answer(Turn(text=text, knowledge=KnowsNothing(), orders=NoOrders(), **turn))  # type: ignore[arg-type]
    assert reply is not None
    return reply


@pytest.mark.parametrize(
    "text", ["再拖我就去消协了", "你们太欺负人了，骗子", "I am going to sue you, you liars"]
)
def test_threats_and_anger_go_to_a_person_before_anything_else(text: str) -> None:
    reply = reply_to(text)

    assert (reply.step, reply.hand_over) == ("upset", "negative_emotion")


def test_the_score_is_kept_with_the_conversation() -> None:
    reply = reply_to("气死我了，什么破店")

    assert reply.memory.displeasure >= THRESHOLD
    assert Memory.from_json(reply.memory.as_json()) == reply.memory


def test_a_threat_in_the_middle_of_a_request_counts() -> None:
    assert reply_to("我要退货，不退就12315见").step == "upset"


@pytest.mark.parametrize(
    ("text", "step"), [("我要退款，太麻烦了", "after_sale"), ("怎么还没收到货啊", "order_status")]
)
def test_what_the_bot_can_do_for_the_mildly_displeased_it_does(text: str, step: str) -> None:
    assert reply_to(text).step == step


def test_marks_alone_are_no_anger() -> None:
    assert reply_to("!!!").step == "unclear"


def test_a_chosen_option_is_never_displeased() -> None:
    assert reply_to("太差劲了，骗子", choice="human").step == "wants_person"
