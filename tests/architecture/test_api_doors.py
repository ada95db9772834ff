"""The API opens for tokens with the scope of the table, and for nobody and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce import tokens
from cscore.commerce.models import ApiToken, Shop
from cscore.commerce.scopes import Scope
from cscore.common import clock
from tests.architecture.doors import OPERATIONS, missing, operations, signed_in
from tests.factories import make_article, make_token


def call(operation: tuple[str, str], secret: str = "", **client: object) -> tuple[int, dict[str, object]]:
    """What the operation answers about rows that do not exist, with its body as JSON."""
    method, name = operation
    address = reverse(name, kwargs=missing(operations()[operation]))
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    browser = client.get("browser") or Client()
    response = getattr(browser, method)(address, content_type="application/json", headers=headers)
    return response.status_code, response.json() if "json" in response["Content-Type"] else {}


def test_every_operation_has_its_row() -> None:
    assert set(operations()) == set(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_without_a_token_nothing_opens(operation: tuple[str, str], ada: User) -> None:
    for answer in (call(operation), call(operation, "cs_guess"), call(operation, browser=signed_in(ada))):
        assert answer[0] == 401
        assert answer[1]["error"]["code"] == "token.unknown"  # type: ignore[index]


@pytest.mark.parametrize("given", Scope.values)
def test_a_scope_opens_the_operations_of_the_table(given: str, shop: Shop, ada: User) -> None:
    secret = make_token(shop=shop, by=ada, scopes=[given])

    closed = {operation for operation in OPERATIONS if call(operation, secret)[0] == 403}

    assert closed == {operation for operation, needed in OPERATIONS.items() if needed != given}


@pytest.mark.parametrize("role", Role.values)
def test_a_token_may_no_more_than_its_maker_may_now(role: str, shop: Shop, ada: User) -> None:
    secret = make_token(shop=shop, by=ada)
    ada.role = role
    ada.save()

    closed = {operation for operation in OPERATIONS if call(operation, secret)[0] == 403}

    may = {scope for scope, permission in tokens.PERMISSION_OF.items() if ada.may(permission)}
    assert closed == {operation for operation, needed in OPERATIONS.items() if needed not in may}


def test_a_token_that_ended_was_revoked_or_lost_its_maker_is_unknown(
    shop: Shop, ada: User, omar: User
) -> None:
    soon = clock.now() + timedelta(hours=1)
    ended, revoked, orphaned = (
        make_token(shop=shop, by=omar, name=name, expires_at=soon)
        for name in ("ended", "revoked", "orphaned")
    )
    ApiToken.objects.filter(name="ended").update(expires_at=clock.now())
    tokens.revoke_token(token=ApiToken.objects.get(name="revoked"), by=ada, at=clock.now())
    assert call(("get", "api:articles"), orphaned)[0] == 200
    shop.staff.remove(omar)

    assert [call(("get", "api:articles"), secret)[0] for secret in (ended, revoked, orphaned)] == [401] * 3


def test_a_foreign_article_is_a_missing_one(shop: Shop, other_shop: Shop, ada: User) -> None:
    make_article(shop=other_shop, key="theirs", live=True)
    secret = make_token(shop=shop, by=ada)
    browser = Client(headers={"Authorization": f"Bearer {secret}"})

    for (method, name), door in operations().items():
        if "key" not in door.pattern.converters or (method, name) == ("put", "api:article"):
            continue
        told = {"withdraw_at": "2099-01-01T00:00:00Z"} if method == "put" else None
        seen, unseen = (
            getattr(browser, method)(
                reverse(name, kwargs={"key": key}), told, content_type="application/json"
            )
            for key in ("theirs", "nobodys")
        )
        assert (seen.status_code, seen.content) == (unseen.status_code, unseen.content), name
        assert seen.status_code == 404


def test_a_superusers_token_sees_its_own_shop_alone(shop: Shop, other_shop: Shop, root: User) -> None:
    make_article(shop=other_shop, key="theirs")
    secret = make_token(shop=shop, by=root)
    browser = Client(headers={"Authorization": f"Bearer {secret}"})

    assert browser.get("/api/v1/articles/").json()["results"] == []
    assert browser.get("/api/v1/articles/theirs/").status_code == 404


def test_any_other_address_is_answered_in_json(shop: Shop, ada: User) -> None:
    secret = make_token(shop=shop, by=ada)

    nowhere = Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/nowhere/")

    assert (nowhere.status_code, nowhere.json()["error"]["code"]) == (404, "not-found")
