"""Conversations as rows, written as a row of words: `c answer c hand_over a40`.

`c` is a message of the customer, `a` one of an agent (`a40`: after 40 seconds), any other word a reply of the bot
with this decision. Ten seconds lie between two words.
"""

from datetime import datetime, timedelta

from chat.models import Author, BotTurn, Conversation, HandOff, HandOffReason, Message, State
from cscore.accounts.models import User
from cscore.commerce.models import Customer, Shop
from kb.models import Article
from tests.factories import MONDAY_9AM, make_conversation, make_message, make_person

STEP_S = 10.0
LONG_AFTER = MONDAY_9AM + timedelta(days=10)
STEPS = {"answer": "known_answer", "ticket": "after_sale", "talk": "small_talk", "ask": "order_status"}


def visit(
    shop: Shop,
    script: str,
    *,
    at: datetime = MONDAY_9AM,
    customer: Customer | None = None,
    article: Article | None = None,
    stars: int | None = None,
    open_still: bool = False,
    step: str = "",
    **fields: object,
) -> Conversation:
    """One conversation. Answers are taken from `article` when it is given; `step` replaces the usual one."""
    conversation = make_conversation(
        shop=shop, customer=customer, opened_at=at, active_at=at, stars=stars, **fields
    )
    asked: Message | None = None
    for number, word in enumerate(script.split()):
        moment = at + timedelta(seconds=STEP_S * number)
        if word == "c":
            asked = make_message(conversation=conversation, at=moment)
        elif word[0] == "a" and word[1:].isdecimal() or word == "a":
            _agent_says(conversation, float(word[1:] or STEP_S), moment)
        else:
            _bot_says(conversation, asked, word, article, moment, step or STEPS.get(word, word))
    if not open_still:
        conversation.state, conversation.closed_at = State.CLOSED, at + timedelta(minutes=10)
        conversation.save()
    return conversation


def _bot_says(
    conversation: Conversation,
    asked: Message | None,
    decision: str,
    article: Article | None,
    at: datetime,
    step: str,
) -> None:
    version = article.latest_version if article and decision == "answer" else None
    reply = make_message(
        conversation=conversation,
        author=Author.BOT,
        sender_key="bot",
        body="From the bot",
        at=at,
        reply_seconds=0.5,
        article_version=version,
    )
    if asked:
        BotTurn.objects.create(message=asked, reply=reply, step=step, decision=decision)
    if decision == "hand_over":
        HandOff.objects.create(
            conversation=conversation,
            at=at,
            reason=HandOffReason.MISSING_KNOWLEDGE,
            question=asked.body if asked else "",
        )


def _agent_says(conversation: Conversation, seconds: float, at: datetime) -> None:
    agent = conversation.agent or _agent_of(conversation.shop)
    conversation.agent, conversation.taken_at = agent, conversation.taken_at or at
    conversation.save()
    make_message(
        conversation=conversation,
        author=Author.AGENT,
        agent=agent,
        sender_key=f"agent:{agent.pk}",
        body="From a person",
        at=at,
        reply_seconds=seconds,
    )


def _agent_of(shop: Shop) -> User:
    return shop.staff.filter(role="agent").first() or make_person(shops=(shop,))
