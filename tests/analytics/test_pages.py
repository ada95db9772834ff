"""Doors of the reports: whose shop, what is shown, and at what cost."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cscore.accounts.models import User
from cscore.commerce.models import Customer, Shop
from cscore.common import clock
from tests.analytics.visits import visit
from tests.factories import make_customer, make_message

PAGES = ["analytics:overview", "analytics:conversations", "analytics:staffing", "analytics:savings"]
Load = Callable[[int], None]


@pytest.fixture
def month(shop: Shop) -> Load:
    """So many conversations of the last days, with everything that can happen in one."""

    def load(count: int) -> None:
        for number in range(count):
            at = clock.now() - timedelta(days=4, hours=number)
            visit(shop, "c answer c hand_over a c a", customer=make_customer(shop=shop), at=at, stars=4)

    return load


@pytest.mark.parametrize("page", PAGES)
def test_a_shop_of_others_is_a_missing_shop(analyst: Client, other_shop: Shop, page: str) -> None:
    assert analyst.get(reverse(page), {"shop": other_shop.key}).status_code == 404
    assert analyst.get(reverse(page), {"shop": "no-such-shop"}).status_code == 404


@pytest.mark.parametrize("page", [*PAGES, "analytics:export"])
def test_agents_see_no_reports(client: Client, mei: User, page: str) -> None:
    client.force_login(mei)

    assert client.get(reverse(page)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_a_single_conversation_still_opens(analyst: Client, page: str) -> None:
    assert analyst.get(reverse(page)).status_code == 200


def test_without_a_shop_a_page_says_whom_to_ask(analyst: Client, shop: Shop, zhou: User) -> None:
    shop.staff.remove(zhou)

    for page in ("analytics:overview", "analytics:staffing", "analytics:savings"):
        assert "You do not work for a shop yet" in analyst.get(reverse(page)).content.decode()
    assert analyst.get(reverse("analytics:conversations")).status_code == 404


def test_who_works_for_two_shops_chooses_one(analyst: Client, other_shop: Shop, zhou: User) -> None:
    other_shop.staff.add(zhou)

    page = analyst.get(reverse("analytics:overview"), {"shop": other_shop.key}).content.decode()
    assert f'<option value="{other_shop.key}" selected>' in page


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_the_database_as_often_for_many_as_for_few(
    analyst: Client, month: Load, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    month(6)
    analyst.get(reverse(page))
    with django_assert_max_num_queries(30) as few:
        analyst.get(reverse(page))

    month(24)
    with django_assert_max_num_queries(len(few.captured_queries)):
        analyst.get(reverse(page))


def test_the_overview_shows_figures_with_definitions_and_links(analyst: Client, month: Load) -> None:
    month(3)

    page = analyst.get(reverse("analytics:overview"), {"days": "7"}).content.decode()
    assert "100.0%" in page
    assert "All conversations" in page
    assert "list=with_person" in page
    assert 'id="chart-data" type="application/json"' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": "2026-06-09", "last": "2026-06-01"}, "A period runs from a day to a later one"),
        ({"first": "soon", "last": "later"}, "A period needs a first and a last day."),
        ({"days": "12"}, "A period needs a first and a last day."),
    ],
)
def test_a_period_that_makes_no_sense_is_named_and_the_usual_one_shown(
    analyst: Client, asked: dict[str, str], said: str
) -> None:
    answer = analyst.get(reverse("analytics:overview"), asked)

    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_a_number_leads_to_its_conversations_and_from_there_to_the_transcript(
    analyst: Client, shop: Shop, li: Customer
) -> None:
    found = visit(shop, "c hand_over a", customer=li, at=clock.now() - timedelta(days=4))

    listed = analyst.get(reverse("analytics:conversations"), {"list": "with_person"}).content.decode()
    address = reverse("analytics:conversation", args=[found.pk])
    assert address in listed
    assert "Li Na" in listed

    transcript = analyst.get(address).content.decode()
    assert "From a person" in transcript
    assert "From the bot" in transcript


def test_the_transcript_shows_what_customers_typed_as_text(analyst: Client, shop: Shop) -> None:
    found = visit(shop, "c answer", open_still=True)
    make_message(conversation=found, body="<script>alert(1)</script>")

    page = analyst.get(reverse("analytics:conversation", args=[found.pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_a_conversation_of_another_shop_looks_like_a_missing_one(analyst: Client, other_shop: Shop) -> None:
    foreign = visit(other_shop, "c answer")

    answers = [analyst.get(reverse("analytics:conversation", args=[key])) for key in (foreign.pk, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_long_lists_have_pages(analyst: Client, shop: Shop) -> None:
    for number in range(51):
        visit(shop, "c answer", at=clock.now() - timedelta(days=1, minutes=number))

    first = analyst.get(reverse("analytics:conversations")).content.decode()
    second = analyst.get(reverse("analytics:conversations"), {"page": "2"}).content.decode()

    assert first.count('<th scope="row">') == 50
    assert second.count('<th scope="row">') == 1
