from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest

from cscore.commerce import identity
from cscore.commerce.models import Customer, Shop
from tests.factories import MONDAY_9AM, make_customer

MINUTE = timedelta(minutes=1)


def stamp(at: datetime) -> int:
    return int(at.timestamp())


def claims(shop: Shop, li: Customer, **changes: Any) -> dict[str, Any]:
    good = {
        "aud": shop.key,
        "sub": li.external_id,
        "iat": stamp(MONDAY_9AM),
        "exp": stamp(MONDAY_9AM + 5 * MINUTE),
        "jti": "a-nonce",
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def test_what_the_shop_signs_names_its_customer(shop: Shop, li: Customer) -> None:
    token = identity.sign(shop=shop, external_id=li.external_id, at=MONDAY_9AM)

    assert identity.verify(shop=shop, token=token, at=MONDAY_9AM + 9 * MINUTE) == li


def test_two_tokens_are_never_the_same(shop: Shop, li: Customer) -> None:
    tokens = {identity.sign(shop=shop, external_id=li.external_id, at=MONDAY_9AM) for _ in range(3)}

    assert len(tokens) == 3


def test_clocks_may_be_a_minute_apart_and_no_more(shop: Shop, li: Customer) -> None:
    token = identity.sign(shop=shop, external_id=li.external_id, at=MONDAY_9AM)

    assert identity.verify(shop=shop, token=token, at=MONDAY_9AM - MINUTE) == li
    assert identity.verify(shop=shop, token=token, at=MONDAY_9AM + 11 * MINUTE) == li
    for moment in (MONDAY_9AM - 1.1 * MINUTE, MONDAY_9AM + 11.1 * MINUTE):
        with pytest.raises(identity.BadIdentity):
            identity.verify(shop=shop, token=token, at=moment)


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "haitang"},
        {"aud": None},
        {"sub": "C9999"},
        {"sub": None},
        {"sub": 7},
        {"iat": None},
        {"iat": "yesterday"},
        {"exp": None},
        {"exp": stamp(MONDAY_9AM + 11 * MINUTE)},
        {"exp": 10**30},
        {"jti": None},
        {"jti": ""},
    ],
)
def test_a_token_with_one_wrong_claim_is_refused(shop: Shop, li: Customer, changes: dict[str, Any]) -> None:
    token = jwt.encode(claims(shop, li, **changes), shop.identity_key, algorithm="HS256")

    with pytest.raises(identity.BadIdentity):
        identity.verify(shop=shop, token=token, at=MONDAY_9AM)


def test_the_same_claims_without_a_flaw_are_good(shop: Shop, li: Customer) -> None:
    token = jwt.encode(claims(shop, li), shop.identity_key, algorithm="HS256")

    assert identity.verify(shop=shop, token=token, at=MONDAY_9AM) == li


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
def test_no_other_algorithm_is_taken(shop: Shop, li: Customer, algorithm: str) -> None:
    key = "" if algorithm == "none" else shop.identity_key + "k" * 40
    shop.identity_key = key or shop.identity_key
    token = jwt.encode(claims(shop, li), key, algorithm=algorithm)

    with pytest.raises(identity.BadIdentity):
        identity.verify(shop=shop, token=token, at=MONDAY_9AM)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", "." * 5000])
def test_rubbish_is_refused(shop: Shop, token: str) -> None:
    with pytest.raises(identity.BadIdentity):
        identity.verify(shop=shop, token=token, at=MONDAY_9AM)


def test_another_shops_key_signs_nobody_here(shop: Shop, other_shop: Shop, li: Customer) -> None:
    token = jwt.encode(claims(shop, li), other_shop.identity_key, algorithm="HS256")

    with pytest.raises(identity.BadIdentity):
        identity.verify(shop=shop, token=token, at=MONDAY_9AM)


def test_the_same_customer_number_in_another_shop_is_another_person(
    shop: Shop, other_shop: Shop, li: Customer
) -> None:
    namesake = make_customer(shop=other_shop, external_id=li.external_id)
    token = identity.sign(shop=other_shop, external_id=li.external_id, at=MONDAY_9AM)

    assert identity.verify(shop=other_shop, token=token, at=MONDAY_9AM) == namesake


def test_a_shop_with_a_short_key_vouches_for_nobody(shop: Shop, li: Customer) -> None:
    token = identity.sign(shop=shop, external_id=li.external_id, at=MONDAY_9AM)
    shop.identity_key = "short"

    with pytest.raises(identity.BadIdentity):
        identity.verify(shop=shop, token=token, at=MONDAY_9AM)


def test_every_refusal_says_the_same(shop: Shop, li: Customer) -> None:
    late = identity.sign(shop=shop, external_id=li.external_id, at=MONDAY_9AM - 60 * MINUTE)
    stranger = identity.sign(shop=shop, external_id="C0000", at=MONDAY_9AM)

    said = set()
    for token in (late, stranger, "rubbish"):
        with pytest.raises(identity.BadIdentity) as refusal:
            identity.verify(shop=shop, token=token, at=MONDAY_9AM)
        said.add((refusal.value.code, str(refusal.value)))

    assert len(said) == 1


def test_a_new_key_is_long_enough_and_fits_its_field() -> None:
    key = identity.new_key()

    assert identity.SHORTEST_KEY <= len(key) <= Shop._meta.get_field("identity_key").max_length
