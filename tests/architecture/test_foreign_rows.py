"""A row of somebody else's shop looks like a row that does not exist, at every door."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from chat import actions
from chat.consumers import desk_jobs
from chat.protocol import desk as desk_frames
from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce.models import Order, Shop
from cscore.common.errors import NotFound
from tests.architecture.doors import a_row, answer, labels_by_shop, missing, outside_admin, page, signed_in
from tests.factories import MONDAY_9AM, make_conversation, make_person, make_ticket


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("label", labels_by_shop())
def test_on_every_page_of_a_row_a_foreign_one_looks_like_a_missing_one(
    label: str, role: str, order: Order, shop: Shop, other_shop: Shop
) -> None:
    foreign = a_row(label, shop).pk
    nowhere = uuid4() if isinstance(foreign, UUID) else 10**6
    client = signed_in(make_person(role=role, shops=(other_shop,)))

    for what in ("change", "history", "delete"):
        seen, unseen = (answer(client, "get", page(label, what, key)) for key in (foreign, nowhere))

        assert seen == unseen, what
        assert seen[0] in {302, 403, 404}, what


@pytest.mark.parametrize("label", labels_by_shop())
def test_on_every_page_of_a_row_its_own_people_see_it(
    label: str, order: Order, shop: Shop, ada: User
) -> None:
    """The other half of the test above: the row is there, and its administrator gets it."""
    assert signed_in(ada).get(page(label, "change", a_row(label, shop).pk)).status_code == 200


@pytest.mark.parametrize("label", labels_by_shop())
def test_lists_neither_hold_a_foreign_row_nor_name_a_foreign_shop(
    label: str, order: Order, shop: Shop, other_shop: Shop
) -> None:
    foreign = a_row(label, shop)
    stranger = signed_in(make_person(role=Role.ADMINISTRATOR, shops=(other_shop,)))

    response = stranger.get(page(label, "changelist"))

    assert foreign not in response.context["cl"].queryset
    assert shop.name not in response.content.decode()


@pytest.mark.parametrize("name", [name for name, door in outside_admin().items() if any(
    parameter.endswith("_id") for parameter in door.pattern.converters)])  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_addresses_of_a_foreign_row_answer_as_those_of_a_missing_one(
    name: str, method: str, order: Order, shop: Shop, other_shop: Shop
) -> None:
    rows = {
        "ticket_id": "tickets.ticket",
        "article_id": "kb.article",
        "conversation_id": "chat.conversation",
        "photo_id": "tickets.photo",
        "replay_id": "chat.replay",
        "gap_id": "chat.gap",
        "recall_id": "chat.recall",
        "other_id": "kb.article",
        "category_id": "kb.category",
    }
    nowhere = missing(outside_admin()[name])
    named = [one for one in nowhere if one.endswith("_id")]
    others = dict.fromkeys(set(nowhere) - set(named), 1)
    foreign = {parameter: a_row(rows[parameter], shop).pk for parameter in named}
    client = signed_in(make_person(role=Role.ADMINISTRATOR, shops=(other_shop,)))

    seen, unseen = (
        answer(client, method, reverse(name, kwargs=key | others))
        for key in (foreign, {parameter: nowhere[parameter] for parameter in named})
    )

    assert seen == unseen
    assert seen[0] in {404, 405}


# What a desk frame does to a conversation; those not named here need none, or obey only after `open`.
JOBS: dict[str, Callable[[User, UUID], object]] = {
    "open": desk_jobs.opened,
    "take": lambda who, key: desk_jobs.verb(who, actions.take, key),
    "release": lambda who, key: desk_jobs.verb(who, actions.release, key),
    "close": lambda who, key: desk_jobs.verb(who, actions.close, key),
    "transfer": lambda who, key: desk_jobs.verb(who, actions.transfer, key, to="mei"),
    "send": lambda who, key: desk_jobs.verb(who, actions.say, key, client_id=uuid4(), body="Hello"),
    "note": lambda who, key: desk_jobs.verb(who, actions.note, key, client_id=uuid4(), body="Hm"),
    "suggest": lambda who, key: desk_jobs.suggestion(who, key, "parcel"),
    "thumb": lambda who, key: desk_jobs.thumb(who, desk_frames.Thumb(conversation=key, seq=2, up=True)),
    "open_ticket": lambda who, key: desk_jobs.open_ticket(
        who, desk_frames.OpenTicket(conversation=key, client_id=uuid4(), kind="return", reason="Broken")
    ),
    "move_ticket": lambda who, key: desk_jobs.move_ticket(
        who, desk_frames.MoveTicket(number="T000001", state="working", conversation=key)
    ),
}


def test_every_frame_about_a_conversation_is_probed() -> None:
    about_one = {name for name, frame in desk_frames.FRAMES.items() if "conversation" in frame.__slots__}

    assert about_one - {"typing", "read"} == set(JOBS)


@pytest.mark.parametrize("frame", JOBS)
def test_a_frame_about_a_foreign_conversation_is_one_about_a_missing_one(
    frame: str, shop: Shop, vera: User
) -> None:
    foreign = make_conversation(shop=shop, state="waiting", waiting_since=MONDAY_9AM)
    make_ticket(shop=shop, number="T000001")

    for key in (foreign.pk, uuid4()):
        with pytest.raises(NotFound):
            JOBS[frame](vera, key)


@pytest.mark.parametrize(("label", "field"), [("tickets.ticket", "customer"), ("tickets.ticket", "order")])
def test_searching_a_choice_finds_no_foreign_row(label: str, field: str, order: Order, vera: User) -> None:
    app, model = label.split(".")
    asked: dict[str, Any] = {"app_label": app, "model_name": model, "field_name": field, "term": ""}

    response = signed_in(vera).get(reverse("admin:autocomplete"), asked)

    assert response.json()["results"] == []


def test_a_form_takes_no_foreign_row(order: Order, vera: User, other_shop: Shop) -> None:
    told = {
        "shop": other_shop.pk,
        "kind": "return",
        "reason": "Mine!",
        "order": order.pk,
        "customer": order.customer_id,
    }

    response = signed_in(vera).post(page("tickets.ticket", "add"), told)

    assert set(response.context["adminform"].form.errors) == {"order", "customer"}
