"""The figures of a period, and that every number is as large as the list behind it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from analytics.kpis.cases import SELECTIONS
from analytics.period import Period
from analytics.reports.figures import Figure
from analytics.reports.lists import case_list
from analytics.reports.overview import Overview, overview
from chat.models import HandOffReason
from cscore.commerce.models import Customer, Shop
from cscore.common.errors import NotFound
from tests.analytics.visits import LONG_AFTER, visit
from tests.factories import MONDAY_9AM, make_article, make_customer, make_order

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = Period(date(2026, 6, 1), date(2026, 6, 7), ZoneInfo("Asia/Shanghai"))


def week(shop: Shop, at: datetime = LONG_AFTER) -> Overview:
    return overview(shop, WEEK, at)


def figure(report: Overview, key: str) -> Figure:
    return next(one for one in report.figures if one.key == key)


@pytest.fixture
def busy_week(shop: Shop, li: Customer) -> Shop:
    """One conversation of each kind, one in each hour from Monday 9 o'clock on."""
    scripts = (
        ("c answer", 5),
        ("c answer", None),
        ("c answer", 2),
        ("c offer", None),
        ("c hand_over a40", 4),
        ("c a20", None),
    )
    for number, (script, stars) in enumerate(scripts):
        visit(shop, script, stars=stars, customer=make_customer(shop=shop), at=MONDAY_9AM + number * HOUR)
    article = make_article(shop=shop, question="Where is it?")
    visit(shop, "c answer", customer=li, article=article, at=MONDAY_9AM + DAY)
    visit(shop, "c answer", customer=li, article=article, at=MONDAY_9AM + DAY + HOUR)
    make_order(customer=li, placed_at=MONDAY_9AM + DAY + HOUR)
    return shop


def test_the_ai_resolution_rate_shows_what_is_confirmed_and_what_is_assumed(busy_week: Shop) -> None:
    shown = figure(week(busy_week), "ai_resolution_rate")

    assert (shown.numerator, shown.denominator) == (3, 7)
    assert [(part.selection, part.count) for part in shown.parts] == [
        ("ai_confirmed", 1),
        ("ai_assumed", 2),
        ("came_back", 1),
        ("ai_pending", 0),
    ]


def test_people_who_wrote_count_as_intervention_with_and_without_a_hand_over(busy_week: Shop) -> None:
    shown = figure(week(busy_week), "human_intervention_rate")

    assert (shown.numerator, shown.denominator) == (2, 8)


def test_the_ai_and_people_have_response_times_of_their_own(busy_week: Shop) -> None:
    report = week(busy_week)

    assert figure(report, "response_bot").value == 0.5
    assert figure(report, "response_people").value == 30
    assert figure(report, "response_people").denominator == 2


def test_satisfaction_goes_with_its_interval_and_the_share_who_answered(busy_week: Shop) -> None:
    shown = figure(week(busy_week), "csat")

    assert (shown.numerator, shown.denominator) == (2, 3)
    assert shown.low is not None
    assert shown.high is not None
    assert 0 < shown.low < 2 / 3 < shown.high < 1
    assert (shown.parts[0].count, shown.parts[0].total) == (3, 8)


def test_inquiries_that_became_orders_are_counted_once(busy_week: Shop) -> None:
    shown = figure(week(busy_week), "inquiry_conversion")

    assert (shown.numerator, shown.denominator) == (1, 7)


def test_every_number_is_as_large_as_the_list_behind_it(busy_week: Shop) -> None:
    report = week(busy_week, MONDAY_9AM + 3 * DAY)

    for shown in report.figures:
        numbers = [(part.selection, part.count) for part in shown.parts if part.selection]
        if shown.unit == "share":
            numbers += [
                (shown.numerator_list, shown.numerator),
                (shown.denominator_list, shown.denominator),
            ]
        for key, number in numbers:
            listed = case_list(busy_week, WEEK, key, MONDAY_9AM + 3 * DAY)
            assert len(listed.cases) == number, (shown.key, key)


@pytest.mark.parametrize("key", SELECTIONS)
def test_every_list_can_be_shown(shop: Shop, key: str) -> None:
    assert case_list(shop, WEEK, key, LONG_AFTER).cases == ()


def test_lists_by_reason_and_by_article_are_as_long_as_their_numbers(busy_week: Shop) -> None:
    report = week(busy_week)
    (reason,), (article,) = report.reasons, report.articles

    assert (reason.key, reason.count) == (HandOffReason.MISSING_KNOWLEDGE, 1)
    assert (article.question, article.used) == ("Where is it?", 2)
    for key, count in ((f"reason-{reason.key}", 1), (f"article-{article.id}", 2)):
        assert len(case_list(busy_week, WEEK, key, LONG_AFTER).cases) == count


@pytest.mark.parametrize("key", ["nonsense", "reason-nonsense", "article-0", "article-x", "article-²"])
def test_an_unknown_list_is_missing(shop: Shop, key: str) -> None:
    with pytest.raises(NotFound):
        case_list(shop, WEEK, key, LONG_AFTER)


def test_an_article_of_another_shop_is_missing(shop: Shop, other_shop: Shop) -> None:
    foreign = make_article(shop=other_shop)

    with pytest.raises(NotFound):
        case_list(shop, WEEK, f"article-{foreign.pk}", LONG_AFTER)


def test_days_hold_every_conversation_once(busy_week: Shop) -> None:
    report = week(busy_week)

    assert [day.all for day in report.days] == [6, 2, 0, 0, 0, 0, 0]
    assert (report.days[0].ai, report.days[0].person, report.days[0].unsolved) == (2, 2, 2)
    assert report.conversations == 8


def test_arrivals_are_counted_by_the_hour_of_the_shop(busy_week: Shop) -> None:
    report = week(busy_week)

    assert report.arrivals[0][9:15] == (1, 1, 1, 1, 1, 1)
    assert report.arrivals[1][9:11] == (1, 1)
    assert report.busiest == 1


def test_questions_that_only_asked_for_a_person_are_no_articles_to_write(busy_week: Shop) -> None:
    row = visit(busy_week, "c hand_over", at=MONDAY_9AM + 2 * DAY)
    row.handoffs.update(reason=HandOffReason.CUSTOMER_REQUEST)

    assert len(week(busy_week).questions) == 1


def test_young_conversations_are_not_counted_and_the_figure_says_until_when(shop: Shop) -> None:
    visit(shop, "c answer", stars=5)
    visit(shop, "c offer")

    shown = figure(week(shop, MONDAY_9AM + DAY), "ai_resolution_rate")
    assert (shown.value, shown.denominator, shown.pending) == (None, 0, 2)
    assert shown.provisional_until == MONDAY_9AM + timedelta(minutes=10) + 72 * HOUR


def test_nothing_is_provisional_once_everything_is_over(busy_week: Shop) -> None:
    assert {shown.pending for shown in week(busy_week, LONG_AFTER).figures} == {0}


def test_periods_are_compared_when_both_stand_on_enough(shop: Shop) -> None:
    for number in range(30):
        visit(shop, "c answer a10", at=MONDAY_9AM + number * HOUR)
        visit(shop, "c answer", at=MONDAY_9AM - DAY - number * HOUR)

    shown = figure(week(shop), "human_intervention_rate")
    assert (shown.value, shown.before, shown.change) == (1, 0, 1)
    assert shown.improved is False


def test_periods_are_not_compared_when_one_stands_on_too_few(shop: Shop) -> None:
    for number in range(30):
        visit(shop, "c answer", at=MONDAY_9AM + number * HOUR)
    visit(shop, "c answer a10", at=MONDAY_9AM - DAY)

    assert figure(week(shop), "human_intervention_rate").change is None
