"""The page on which leads choose how many upset customers reach their people."""

import pytest
from django.test import Client

from analytics.reports.upset import upset_report
from chat import actions
from chat.models import BotSettings
from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce.models import Shop
from cscore.language.displeasure import THRESHOLD, Seen
from cscore.language.displeasure.lesson import Taught
from tests.factories import MONDAY_9AM, make_person

PAGE = "/admin/reports/upset/"


@pytest.fixture
def lead(shop: Shop) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_person(username="zhao", role=Role.LEAD, shops=(shop,)))
    return client


@pytest.fixture
def heard(shop: Shop) -> None:
    """Twenty chats in two hours, half of them calm, the others more and more displeased."""
    worst = [0.1] * 10 + [0.5 + number / 20 for number in range(10)]
    taught = Taught(chats=60, bad=20, shipped=0.71, taught=0.68)
    actions.keep_lesson(shop=shop, taught=taught, seen=Seen.of(worst, hours=2), at=MONDAY_9AM)


def read(client: Client) -> str:
    return str(client.get(PAGE).content.decode())


def test_every_number_an_hour_has_its_threshold(shop: Shop, heard: None) -> None:
    report = upset_report(shop)

    one, two, *_more = report.options
    assert (one.most, one.expected, one.share) == (1, 1.0, 0.1)
    assert one.threshold > two.threshold
    assert (report.threshold, report.most, report.expected) == (THRESHOLD, None, 2.0)


def test_a_lead_chooses_how_many(lead: Client, shop: Shop, heard: None) -> None:
    answer = lead.post(f"{PAGE}keep/", {"most": "1"}, follow=True)

    assert answer.redirect_chain[-1][0] == f"{PAGE}?shop={shop.key}"
    assert "follows from the next message on" in answer.content.decode()
    assert upset_report(shop).threshold == upset_report(shop).options[0].threshold
    lead.post(f"{PAGE}keep/", {"most": ""})
    assert upset_report(shop).threshold == THRESHOLD


@pytest.mark.parametrize("wrong", ["-1", "many", "5000"])
def test_what_is_no_number_changes_nothing(lead: Client, shop: Shop, heard: None, wrong: str) -> None:
    lead.post(f"{PAGE}keep/", {"most": wrong})

    assert BotSettings.objects.get(shop=shop).upset_per_hour is None


def test_the_page_says_what_the_lesson_came_to(lead: Client, shop: Shop, heard: None) -> None:
    assert "made it no better" in read(lead)
    assert "0.710" in read(lead)


def test_before_the_first_lesson_the_page_says_when_it_comes(lead: Client, shop: Shop, mei: User) -> None:
    page = read(lead)

    assert "the first lesson comes within the week" in page
    assert "There was no lesson yet" in page
