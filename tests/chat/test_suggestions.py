"""What an agent is suggested beside a chat."""

import pytest

from chat.bot.handing_over import only_wants_person
from chat.consumers.desk_jobs import suggestion
from chat.models import State
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from tests.factories import MONDAY_9AM, make_conversation, make_message
from tests.kb.articles import published


def suggested(shop: Shop, agent: User, said: str) -> list[str]:
    talk = make_conversation(shop=shop, state=State.HUMAN, agent=agent)
    make_message(conversation=talk, body=said, at=MONDAY_9AM)
    return [item.question for item in suggestion(agent, talk.pk, None).items]


@pytest.fixture(autouse=True)
def _the_shop_says_when_people_are_there(shop: Shop, lin: User) -> None:
    published(shop, lin, question="人工客服几点上班？")


def test_nothing_is_suggested_to_a_wish_for_a_person(shop: Shop, mei: User) -> None:
    assert suggested(shop, mei, "我想找人工客服") == []


def test_a_question_that_comes_with_the_wish_is_still_looked_up(shop: Shop, mei: User) -> None:
    assert suggested(shop, mei, "我想找人工客服问下几点上班") == ["人工客服几点上班？"]


@pytest.mark.parametrize(
    "text", ["转人工", "人工客服在吗？", "I want to talk to a real person please", "我要找你们的经理"]
)
def test_these_want_a_person_and_no_more(text: str) -> None:
    assert only_wants_person(text)


@pytest.mark.parametrize(
    "text", ["转人工，我要开发票", "怎么退货", "talk to an agent about my refund", "人工费多少"]
)
def test_these_want_something_else_too(text: str) -> None:
    assert not only_wants_person(text)
