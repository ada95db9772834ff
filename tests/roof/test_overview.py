"""The first page of the admin and its sidebar, for each role."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_q.models import Failure
from pytest_django import DjangoAssertNumQueries, Settings

from chat.models import State
from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.navigation import SECTIONS
from tests.factories import make_article, make_conversation, make_person, make_ticket

INDEX = reverse("admin:index")


def figures(client: Client) -> dict[str, int]:
    """The cards by the name of their icon, which no translation changes."""
    return {card["icon"]: card["figure"] for card in client.get(INDEX).context["cards"]}


def doors(client: Client) -> set[str]:
    sections = client.get(INDEX).context["sidebar_navigation"]
    return {item["link"] for section in sections for item in section["items"]}


@pytest.fixture
def busy(shop: Shop, other_shop: Shop, mei: User) -> None:
    now = clock.now()
    for where in (shop, shop, other_shop):
        make_conversation(shop=where, state=State.WAITING, waiting_since=now, opened_at=now)
        make_ticket(shop=where, due_at=now - timedelta(hours=1))
        make_article(shop=where)
    make_ticket(shop=shop, assigned_to=mei, due_at=now + timedelta(hours=1))
    make_conversation(shop=shop, state=State.HUMAN, agent=mei, opened_at=now)
    make_article(shop=shop, live=True)


@pytest.mark.usefixtures("busy")
def test_an_agents_overview_counts_what_waits_in_her_shop(mei: User, client: Client) -> None:
    client.force_login(mei)

    assert figures(client) == {
        "hourglass_top": 2,
        "forum": 1,
        "alarm": 2,
        "assignment_return": 3,
        "person": 1,
    }


@pytest.mark.usefixtures("busy")
def test_an_editors_overview_counts_drafts(lin: User, client: Client) -> None:
    client.force_login(lin)

    assert figures(client) == {"edit_note": 2, "menu_book": 1}


@pytest.mark.usefixtures("busy")
def test_the_most_pressing_tickets_stand_on_top(mei: User, client: Client) -> None:
    client.force_login(mei)

    pressing = [row["ticket"].due_at for row in client.get(INDEX).context["pressing"]]

    assert pressing == sorted(pressing)
    assert len(pressing) == 3


@pytest.mark.parametrize("rows", [1, 12])
def test_the_overview_takes_few_queries_however_much_waits(
    shop: Shop, ada: User, client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(ada)
    for _ in range(rows):
        make_ticket(shop=shop)
        make_conversation(shop=shop, state=State.WAITING, waiting_since=clock.now())

    # Session, person, and one for each of chats, tickets, articles, 24 hours, jobs and the list.
    with django_assert_num_queries(8):
        client.get(INDEX)


def test_jobs_that_failed_this_week_alarm_and_older_ones_do_not(
    shop: Shop, ada: User, client: Client
) -> None:
    client.force_login(ada)
    before = figures(client)["error"]
    for age in (timedelta(days=1), timedelta(days=8)):
        stopped = clock.now() - age
        Failure.objects.create(id=str(age), name="train", success=False, started=stopped, stopped=stopped)

    assert (before, figures(client)["error"]) == (0, 1)


@pytest.mark.parametrize("role", Role.values)
def test_every_door_in_the_sidebar_opens(role: str, shop: Shop, client: Client) -> None:
    client.force_login(make_person(role=role, shops=(shop,)))

    assert {client.get(door, follow=True).status_code for door in doors(client)} == {200}


def test_the_sidebar_hides_what_the_role_does_not_open(
    shop: Shop, mei: User, ada: User, client: Client
) -> None:
    client.force_login(mei)
    agents = doors(client)
    client.force_login(ada)
    administrators = doors(client)

    hidden = {reverse(f"admin:{page}_changelist") for page in ("accounts_user", "django_q_failure")}
    assert not hidden & agents
    assert hidden < administrators
    assert agents < administrators


def test_one_entry_of_the_sidebar_is_marked_as_here(shop: Shop, ada: User, client: Client) -> None:
    client.force_login(ada)

    sections = client.get(reverse("admin:commerce_shop_changelist")).context["sidebar_navigation"]

    here = [item["icon"] for section in sections for item in section["items"] if item["active"]]
    assert here == ["storefront"]


def test_no_two_entries_share_an_icon() -> None:
    icons = [entry.icon for section in SECTIONS for entry in section.entries]

    assert len(icons) == len(set(icons))


def test_the_overview_is_shown_in_both_languages(mei: User, client: Client, settings: Settings) -> None:
    client.force_login(mei)

    for code, _name in settings.LANGUAGES:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
        assert client.get(INDEX).status_code == 200
