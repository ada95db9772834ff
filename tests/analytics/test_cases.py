"""From rows to cases: outcomes, returns, inquiries, and that no other shop's row is among them."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from analytics.kpis.cases import Case
from analytics.kpis.outcomes import Conversation as Told
from analytics.kpis.outcomes import Outcome, facts_of, outcome
from analytics.kpis.turns import Author, HandOff, Line
from analytics.queries.cases import ANSWERS, PASSES, cases
from analytics.queries.rows import Span
from chat.models import BotTurn, Conversation, Message
from cscore.commerce.models import Customer, OrderStatus, Shop
from tests.analytics.visits import LONG_AFTER, visit
from tests.factories import MONDAY_9AM, make_article, make_conversation, make_customer, make_order

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def known(shop: Shop, at: datetime = LONG_AFTER) -> tuple[Case, ...]:
    """The cases of the week of MONDAY_9AM."""
    return cases(Span(shop, MONDAY_9AM - HOUR, MONDAY_9AM + 7 * DAY), at)


SCRIPTS: list[tuple[str, int | None, Outcome]] = [
    ("c answer", None, Outcome.AI_ASSUMED),
    ("c answer", 3, Outcome.AI_ASSUMED),
    ("c answer", 5, Outcome.AI_CONFIRMED),
    ("c answer", 1, Outcome.UNSOLVED),
    ("c answer c talk", None, Outcome.AI_ASSUMED),
    ("c offer c answer", None, Outcome.AI_ASSUMED),
    ("c ticket", None, Outcome.AI_CONFIRMED),
    ("c offer", None, Outcome.ABANDONED),
    ("c ask", None, Outcome.ABANDONED),
    ("c talk", None, Outcome.ABANDONED),
    ("c answer c offer", None, Outcome.ABANDONED),
    ("c answer c", None, Outcome.ABANDONED),
    ("c answer c offer", 5, Outcome.AI_CONFIRMED),
    ("c hand_over", None, Outcome.ABANDONED),
    ("c hand_over a", None, Outcome.HANDED_OVER),
    ("c answer c a", 5, Outcome.HANDED_OVER),
    ("c a", None, Outcome.HUMAN),
]


@pytest.mark.parametrize(("script", "stars", "expected"), SCRIPTS)
def test_how_a_conversation_ended(shop: Shop, script: str, stars: int | None, expected: Outcome) -> None:
    visit(shop, script, stars=stars)

    assert [case.outcome for case in known(shop)] == [expected]


@pytest.mark.parametrize(("script", "stars", "expected"), SCRIPTS)
def test_rows_and_transcripts_tell_the_same_outcome(
    shop: Shop, script: str, stars: int | None, expected: Outcome
) -> None:
    """The rows are counted without reading the messages; the definition reads them."""
    told = transcript_of(visit(shop, script, stars=stars))

    assert outcome(facts_of(told, LONG_AFTER)) == expected


def transcript_of(conversation: Conversation) -> Told:
    messages = Message.objects.filter(conversation=conversation).order_by("seq")
    thoughts = BotTurn.objects.filter(message__conversation=conversation).select_related("reply")
    decided = {thought.reply.seq: thought.decision for thought in thoughts if thought.reply}
    stars = conversation.stars
    return Told(
        lines=tuple(Line(message.seq, Author(message.author), message.at) for message in messages),
        hand_offs=tuple(HandOff(row.at) for row in conversation.handoffs.all()),
        bot_answers=frozenset(seq for seq, decision in decided.items() if decision in ANSWERS),
        bot_passes=frozenset(seq for seq, decision in decided.items() if decision in PASSES),
        ended_at=conversation.closed_at,
        confirmed="ticket" in decided.values() or (stars or 0) >= 4,
        denied=stars is not None and stars <= 2,
    )


def test_who_left_without_saying_a_word_is_left_waiting(shop: Shop) -> None:
    visit(shop, "c answer c talk", step="unclear")

    assert known(shop)[0].outcome == Outcome.ABANDONED


def test_coming_back_about_the_same_article_takes_the_success_away(shop: Shop, li: Customer) -> None:
    article = make_article(shop=shop)
    visit(shop, "c answer", customer=li, article=article)
    visit(shop, "c answer", customer=li, article=article, at=MONDAY_9AM + 5 * HOUR)

    assert [case.outcome for case in known(shop)] == [Outcome.CAME_BACK, Outcome.AI_ASSUMED]


def test_another_question_is_no_return(shop: Shop, li: Customer) -> None:
    for hours in (0, 5):
        visit(shop, "c answer", customer=li, article=make_article(shop=shop), at=MONDAY_9AM + hours * HOUR)

    assert {case.outcome for case in known(shop)} == {Outcome.AI_ASSUMED}


def test_a_return_after_the_period_still_counts(shop: Shop, li: Customer) -> None:
    article, last_day = make_article(shop=shop), MONDAY_9AM + 6 * DAY
    visit(shop, "c answer", customer=li, article=article, at=last_day)
    visit(shop, "c answer", customer=li, article=article, at=last_day + 60 * HOUR)

    assert [case.outcome for case in known(shop, LONG_AFTER + 9 * DAY)] == [Outcome.CAME_BACK]


def test_visitors_without_an_account_are_known_by_their_browser(shop: Shop) -> None:
    article = make_article(shop=shop)
    first = visit(shop, "c answer", article=article)
    visit(shop, "c answer", article=article, at=MONDAY_9AM + HOUR, visitor=first.visitor)
    visit(shop, "c answer", article=article, at=MONDAY_9AM + 2 * HOUR)

    outcomes = [case.outcome for case in known(shop)]
    assert outcomes == [Outcome.CAME_BACK, Outcome.AI_ASSUMED, Outcome.AI_ASSUMED]


def test_nothing_is_settled_before_72_hours_are_over(shop: Shop) -> None:
    visit(shop, "c offer")
    visit(shop, "c answer", stars=5)
    ended_at = MONDAY_9AM + timedelta(minutes=10)

    early, late = known(shop, ended_at + 71 * HOUR), known(shop, ended_at + 72 * HOUR)

    assert {case.settled_outcome for case in early} == {Outcome.PENDING}
    assert {case.settled_outcome for case in late} == {Outcome.ABANDONED, Outcome.AI_CONFIRMED}


def test_an_open_conversation_is_pending(shop: Shop) -> None:
    visit(shop, "c answer", open_still=True)

    assert known(shop)[0].outcome == Outcome.PENDING


@pytest.mark.parametrize(
    ("hours", "status", "ordered"),
    [
        (3, OrderStatus.PAID, True),
        (25, OrderStatus.PAID, False),
        (3, OrderStatus.CANCELLED, False),
    ],
)
def test_an_inquiry_converts_by_an_order_that_stands_within_a_day(
    shop: Shop, li: Customer, hours: int, status: str, ordered: bool
) -> None:
    visit(shop, "c answer", customer=li)
    make_order(customer=li, placed_at=MONDAY_9AM + hours * HOUR, status=status)

    inquiry = known(shop)[0].inquiry
    assert inquiry is not None
    assert (inquiry.ordered_at is not None) == ordered


def test_who_ordered_two_weeks_before_asks_about_that_order(shop: Shop, li: Customer) -> None:
    make_order(customer=li, placed_at=MONDAY_9AM - 14 * DAY)
    visit(shop, "c answer", customer=li)

    assert known(shop)[0].inquiry is None


def test_strangers_cannot_be_followed_to_an_order(shop: Shop) -> None:
    visit(shop, "c answer")

    assert known(shop)[0].inquiry is None


def test_reply_times_and_reasons_go_with_the_case(shop: Shop) -> None:
    visit(shop, "c answer c hand_over a40 c a20")

    case = known(shop)[0]
    assert (case.bot_seconds, case.agent_seconds) == ((0.5, 0.5), (40.0, 20.0))
    assert case.reasons == ("missing_knowledge",)


def test_other_shops_and_conversations_without_a_word_are_no_cases(shop: Shop, other_shop: Shop) -> None:
    visit(other_shop, "c answer")
    make_conversation(shop=shop)

    assert known(shop) == ()


def test_the_number_of_queries_does_not_grow(
    shop: Shop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        customer = make_customer(shop=shop)
        visit(shop, "c answer c hand_over a", customer=customer, at=MONDAY_9AM + number * HOUR)

    with django_assert_num_queries(7):
        assert len(known(shop)) == 12
