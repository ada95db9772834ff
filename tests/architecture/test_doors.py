"""Every door, and who passes it: a page, an address or a frame without its row in doors.py fails here."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver, reverse

from chat import access
from chat.protocol import customer as customer_frames
from chat.protocol import desk as desk_frames
from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce.models import Shop
from cscore.common.errors import NotAllowed
from tests.architecture.doors import (
    ADDRESSES,
    CUSTOMER_FRAMES,
    DESK_FRAMES,
    EVERY_ROLE,
    NOBODY,
    PAGES,
    doors,
    labels,
    labels_by_shop,
    missing,
    outside_admin,
    page,
    signed_in,
)
from tests.factories import make_person

# --- Every door has its row -----------------------------------------------------------------------------


def test_every_door_outside_the_admin_says_whom_it_opens_for() -> None:
    assert [name for name, door in doors(get_resolver()) if not hasattr(door.callback, "opens_for")] == []


def test_every_page_address_and_frame_has_its_row() -> None:
    assert set(labels()) == set(PAGES)
    assert set(outside_admin()) == set(ADDRESSES)
    assert set(desk_frames.FRAMES) == set(DESK_FRAMES)
    assert set(customer_frames.FRAMES) == CUSTOMER_FRAMES


def test_every_kind_of_row_that_belongs_to_a_shop_is_shown_by_shop() -> None:
    """A page on a model with a way to its shop must be a TenantAdmin."""
    with_shop = {
        model._meta.label_lower
        for model in admin.site._registry
        if hasattr(model._default_manager.all(), "for_shops_of")
    }

    assert with_shop == set(labels_by_shop())


# --- Who passes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role.values)
def test_admin_pages_open_for_the_roles_of_the_table(role: str, shop: Shop) -> None:
    client = signed_in(make_person(role=role, shops=(shop,)))

    opened = {
        (label, what): client.get(page(label, what)).status_code
        for label in PAGES
        for what in ("changelist", "add")
    }

    assert opened == {
        (label, what): 200 if role in PAGES[label][which] else 403
        for label in PAGES
        for which, what in enumerate(("changelist", "add"))
    }


@pytest.mark.parametrize("label", PAGES)
def test_admin_pages_send_strangers_to_sign_in(label: str, client: Client, db: None) -> None:
    for what in ("changelist", "add"):
        response = client.get(page(label, what))

        assert response.status_code == 302
        assert response["Location"].startswith(reverse("admin:login"))


def test_a_suspended_person_is_a_stranger(mei: User) -> None:
    client = signed_in(mei)
    mei.is_active = False
    mei.save()

    assert client.get(page("tickets.ticket", "changelist")).status_code == 302


@pytest.mark.parametrize("role", Role.values)
def test_the_desks_socket_obeys_the_roles_of_the_table(role: str, shop: Shop) -> None:
    """Who sends a frame is looked up by agent_still() before each one."""
    person = make_person(role=role, shops=(shop,))

    try:
        access.agent_still(person.pk)
    except NotAllowed:
        obeyed = NOBODY
    else:
        obeyed = {role}

    assert [frame for frame, roles in DESK_FRAMES.items() if roles & {role} != obeyed] == []


@pytest.mark.parametrize("who", sorted(EVERY_ROLE | {"stranger"}))
def test_addresses_open_for_the_roles_of_the_table(who: str, shop: Shop, other_shop: Shop) -> None:
    """Asked about a row that does not exist, whoever may pass gets past the guard: 404 or 405, never 403."""
    client = Client() if who == "stranger" else signed_in(make_person(role=who, shops=(shop,)))

    refused = set()
    for name, door in outside_admin().items():
        response = client.post(reverse(name, kwargs=missing(door)))
        to_sign_in = response.get("Location", "").startswith(reverse("admin:login")) and name != "home"
        if response.status_code == 403 or to_sign_in:
            refused.add(name)
        assert response.status_code < 500

    assert refused == {name for name, passes in ADDRESSES.items() if who not in passes}
