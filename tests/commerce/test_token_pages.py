"""Tokens are made and revoked on a page; the secret is shown in one answer and kept nowhere."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import ApiToken, Shop
from tests.factories import make_token

LIST = "/admin/commerce/apitoken/"


@pytest.fixture
def lead(omar: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(omar)
    return client


def make(lead: Client, shop: Shop, **fields: object) -> str:
    told = {"shop": shop.pk, "name": "ERP", "scopes": ["kb:read", "kb:write"]} | fields
    return lead.post(f"{LIST}add/", told).content.decode()


def secret_of(html: str) -> str:
    return re.findall(r'value="(cs_[\w\-]{43})"', html)[0]


def asked(secret: str) -> int:
    return Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/articles/").status_code


def test_a_token_is_shown_once_and_works(lead: Client, shop: Shop) -> None:
    secret = secret_of(make(lead, shop))

    token = ApiToken.objects.get()
    pages = [lead.get(address).content.decode() for address in (LIST, f"{LIST}{token.pk}/change/")]
    assert asked(secret) == 200
    assert not [page for page in pages if secret in page]
    assert secret not in str(ApiToken.objects.values_list().get())
    assert secret not in str(AuditEntry.objects.values_list("details", "object_text"))


def test_the_page_with_the_secret_is_kept_by_nobody(lead: Client, shop: Shop) -> None:
    told = {"shop": shop.pk, "name": "ERP", "scopes": ["kb:read"]}

    assert "no-store" in lead.post(f"{LIST}add/", told)["Cache-Control"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"scopes": []}, "required"),
        ({"scopes": ["kb:all"]}, "valid choice"),
        ({"expires_at_0": "2020-01-01", "expires_at_1": "00:00"}, "ends in the future"),
    ],
)
def test_a_token_without_sense_is_not_made(
    lead: Client, shop: Shop, wrong: dict[str, object], said: str
) -> None:
    assert said in make(lead, shop, **wrong)
    assert not ApiToken.objects.exists()


def test_nobody_makes_a_token_for_a_foreign_shop(lead: Client, other_shop: Shop) -> None:
    make(lead, other_shop)

    assert not ApiToken.objects.exists()


def test_a_revoked_token_opens_nothing(lead: Client, shop: Shop) -> None:
    secret = secret_of(make(lead, shop))
    address = reverse("admin:commerce_apitoken_revoke", args=[ApiToken.objects.get().pk])

    first, second = (lead.post(address, follow=True).content.decode() for _ in range(2))

    assert asked(secret) == 401
    assert "nobody gets in" in first
    assert "revoked already" in second
    assert AuditEntry.objects.filter(verb="commerce.revoke-token").count() == 1


def test_nobody_revokes_by_a_link_or_in_a_foreign_shop(
    lead: Client, shop: Shop, other_shop: Shop, root: User
) -> None:
    make_token(shop=other_shop, by=root)
    address = reverse("admin:commerce_apitoken_revoke", args=[ApiToken.objects.get().pk])

    assert lead.get(address).status_code == 405
    assert lead.post(address).status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_an_editor_makes_and_revokes_none(lin: User, shop: Shop, omar: User) -> None:
    make_token(shop=shop, by=omar)
    client = Client()
    client.force_login(lin)

    assert client.post(f"{LIST}add/", {}).status_code == 403
    assert (
        client.post(reverse("admin:commerce_apitoken_revoke", args=[ApiToken.objects.get().pk])).status_code
        == 404
    )
    assert ApiToken.objects.get().revoked_at is None


def test_the_list_asks_few_questions(
    lead: Client, shop: Shop, omar: User, django_assert_max_num_queries: object
) -> None:
    for number in range(15):
        make_token(shop=shop, by=omar, name=f"Program {number}")

    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert lead.get(LIST).status_code == 200
