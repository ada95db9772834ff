"""From hand-overs to a plan of the coming week."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from analytics.models import StaffingPolicy
from analytics.queries.demand import days_of_demand
from analytics.reports.staffing import StaffingReport, WhatIf, measured_work, staffing
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from tests.analytics.visits import visit
from tests.factories import MONDAY_9AM

ZONE = ZoneInfo("Asia/Shanghai")
NOW = MONDAY_9AM + timedelta(days=21)


@pytest.fixture
def three_weeks(shop: Shop) -> Shop:
    """Two hand-overs every day, at 10:05 and at 15:40 in the shop, and one at 3:05 on Mondays."""
    for number in range(21):
        midnight = MONDAY_9AM - timedelta(hours=9) + timedelta(days=number)
        hours = [(10, 5), (15, 40)] + ([(3, 5)] if number % 7 == 0 else [])
        for hour, minute in hours:
            visit(shop, "c hand_over a20 c a30", at=midnight + timedelta(hours=hour, minutes=minute))
    return shop


def plan(shop: Shop, what_if: WhatIf | None = None, **policy: float) -> StaffingReport:
    policy_row = StaffingPolicy(shop=shop, **policy)
    return staffing(policy_row, what_if or WhatIf(), measured=None, at=NOW, zone=ZONE)


def test_demand_is_counted_by_half_hour_of_the_shop_from_its_second_day_on(three_weeks: Shop) -> None:
    days = days_of_demand(three_weeks, before=NOW.astimezone(ZONE).date(), zone=ZONE)

    assert len(days) == 20
    assert [slot for slot, count in enumerate(days[0].counts) if count] == [20, 31]


def test_a_shop_without_conversations_has_no_demand(shop: Shop) -> None:
    assert days_of_demand(shop, before=NOW.date(), zone=ZONE) == ()
    assert plan(shop).days == ()


def test_the_plan_begins_tomorrow_and_staffs_opening_hours_only(three_weeks: Shop) -> None:
    report = plan(three_weeks, opens_at=9, closes_at=18)

    assert report.days[0].day == NOW.astimezone(ZONE).date() + timedelta(days=1)
    assert len(report.days) == 7
    staffed = [slot.starts_at.hour for slot in report.days[0].slots if slot.agents]
    assert (min(staffed), max(staffed)) == (9, 17)


def test_contacts_of_the_night_are_called_back(three_weeks: Shop) -> None:
    monday = next(day for day in plan(three_weeks).days if day.day.weekday() == 0)

    assert monday.called_back > 0
    assert monday.p80 > monday.called_back


def test_the_safe_plan_never_has_fewer_agents_than_the_middle_one(three_weeks: Shop) -> None:
    report = plan(three_weeks, WhatIf(times=60))

    slots = [slot for day in report.days for slot in day.slots]
    assert all(slot.agents >= slot.agents_p50 for slot in slots)
    assert max(slot.agents for slot in slots) > 1


def test_a_typed_number_of_contacts_needs_no_history(shop: Shop) -> None:
    report = plan(shop, WhatIf(daily_contacts=480.0))

    assert [round(day.p50) for day in report.days] == [480] * 7
    assert report.heads > 1
    assert report.days[0].called_back == 0


def test_shrinkage_is_paid_for_and_rounded_once(three_weeks: Shop) -> None:
    report = plan(three_weeks, shrinkage=0.5, weekly_hours=40)

    day = report.days[0]
    assert day.paid_hours == pytest.approx(2 * day.agent_hours)
    assert report.heads == -(-sum(day.paid_hours for day in report.days) // 40)


def test_work_is_measured_from_finished_chats_with_people(three_weeks: Shop) -> None:
    work = measured_work(three_weeks, NOW)

    assert work is not None
    assert work.chats == 21 * 2 + 3
    assert (work.reply_seconds, work.customer_seconds, work.replies_per_chat) == (10, 10, 2)


def ask(analyst: Client, **asked: object) -> str:
    return analyst.get(reverse("analytics:staffing"), asked).content.decode()


POLICY: dict[str, object] = {
    "service_level": 80,
    "within_seconds": 30,
    "abandonment": 5,
    "occupancy": 85,
    "reply_target": 45,
    "chats_at_a_time": 4,
    "reply_seconds": 20,
    "customer_seconds": 60,
    "replies_per_chat": 6,
    "patience_seconds": 180,
    "shrinkage": 30,
    "opens_at": 8,
    "closes_at": 22,
    "at_least": 1,
    "weekly_hours": 40,
}


def test_what_is_tried_is_shown_and_not_kept(analyst: Client) -> None:
    page = ask(analyst, **POLICY, daily_contacts=480)

    assert "The coming week" in page
    assert "at most <b>4</b> chats" in page
    assert not StaffingPolicy.objects.exists()


def test_without_history_the_page_asks_for_a_number(analyst: Client) -> None:
    assert "Nothing to forecast from yet" in ask(analyst)


def test_replies_that_no_number_of_agents_can_speed_up_are_named(analyst: Client) -> None:
    page = ask(analyst, **POLICY | {"reply_seconds": 90}, daily_contacts=100)

    assert "more agents cannot cure that" in page


def test_the_address_of_a_trial_holds_no_secret_and_keeping_needs_one(analyst: Client) -> None:
    """A form that is sent by its address would leave its token in the browser's history."""
    page = ask(analyst)
    trial, keep = page.split('<form method="get">')[1].split("</form>")[:2]

    assert "csrfmiddlewaretoken" not in trial
    assert "csrfmiddlewaretoken" in keep


def test_an_analyst_keeps_the_inputs_for_the_shop(analyst: Client, shop: Shop, zhou: User) -> None:
    answer = analyst.post(reverse("analytics:keep_policy"), POLICY)

    assert answer.status_code == 302
    kept = StaffingPolicy.objects.get(shop=shop)
    assert (kept.service_level, kept.chats_at_a_time, kept.set_by) == (0.8, 4, zhou)


@pytest.mark.parametrize("bad", [{"shrinkage": 95}, {"opens_at": 23}, {"reply_seconds": 0}, {"opens_at": ""}])
def test_inputs_without_sense_are_not_kept(analyst: Client, bad: dict[str, object]) -> None:
    answer = analyst.post(reverse("analytics:keep_policy"), POLICY | bad, follow=True)

    assert answer.status_code == 200
    assert not StaffingPolicy.objects.exists()


@pytest.mark.parametrize("day", ["0", "6", "99", "-1", "x", "²"])
def test_any_day_in_the_address_shows_a_day(analyst: Client, day: str) -> None:
    assert "Agents by half-hour" in ask(analyst, day=day, daily_contacts=100)


def test_a_lead_sees_the_plan_and_keeps_nothing(client: Client, omar: User) -> None:
    client.force_login(omar)

    assert client.get(reverse("analytics:staffing")).status_code == 200
    assert client.post(reverse("analytics:keep_policy"), POLICY).status_code == 403


def test_the_present_moment_is_the_doors(three_weeks: Shop) -> None:
    """A week later the same shop is planned for the week after."""
    later: datetime = NOW + timedelta(days=7)
    report = staffing(StaffingPolicy(shop=three_weeks), WhatIf(), measured=None, at=later, zone=ZONE)

    assert report.days[0].day - plan(three_weeks).days[0].day == timedelta(days=7)
