"""The token with which a shop's server says who its customer is: a signed JWT, short-lived."""

import logging
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.utils.translation import gettext_lazy as _

from cscore.commerce.models import Customer, Shop
from cscore.common.errors import Refusal

logger = logging.getLogger(__name__)

ALGORITHM = "HS256"
LIFETIME = timedelta(minutes=10)
# How far the shop's clock and ours may be apart.
TOLERANCE = timedelta(seconds=60)
# RFC 7518, 3.2: a key shorter than the hash is not enough.
SHORTEST_KEY = 32
CLAIMS = ("aud", "sub", "iat", "exp", "jti")


class BadIdentity(Refusal):
    """The same words whatever is wrong: who tries keys learns nothing. The log says which."""

    code = "bad-identity"
    status = 403
    sentence = _("The shop did not vouch for this customer. Sign in to the shop again.")


def new_key() -> str:
    """A fresh key for a shop: 48 random bytes in 64 characters."""
    return secrets.token_urlsafe(48)


def sign(*, shop: Shop, external_id: str, at: datetime) -> str:
    """What the shop's server does: a token for its customer, good for LIFETIME."""
    claims = {
        "aud": shop.key,
        "sub": external_id,
        "iat": int(at.timestamp()),
        "exp": int((at + LIFETIME).timestamp()),
        "jti": secrets.token_urlsafe(16),
    }
    return jwt.encode(claims, shop.identity_key, algorithm=ALGORITHM)


def verify(*, shop: Shop, token: str, at: datetime) -> Customer:
    """The customer the shop vouches for. Raises BadIdentity alike for every flaw.

    The algorithm is fixed, the token is for this shop, lives at most LIFETIME and is good at `at`.
    """
    try:
        claims = _claims(shop, token)
        _check_times(claims, at)
        return Customer.objects.get(shop=shop, external_id=claims["sub"])
    except (jwt.InvalidTokenError, Customer.DoesNotExist) as flaw:
        logger.warning("Identity for shop %s refused: %s %s", shop.key, type(flaw).__name__, flaw)
        raise BadIdentity from flaw


def _claims(shop: Shop, token: str) -> dict[str, Any]:
    if len(shop.identity_key) < SHORTEST_KEY:
        raise jwt.InvalidTokenError("the shop's key is too short")
    claims: dict[str, Any] = jwt.decode(
        token,
        shop.identity_key,
        algorithms=[ALGORITHM],
        audience=shop.key,
        # The times are checked against the caller's clock below.
        options={"require": list(CLAIMS), "verify_exp": False, "verify_iat": False, "verify_nbf": False},
    )
    return claims


def _check_times(claims: dict[str, Any], at: datetime) -> None:
    try:
        issued = datetime.fromtimestamp(claims["iat"], UTC)
        expires = datetime.fromtimestamp(claims["exp"], UTC)
    except (TypeError, ValueError, OverflowError, OSError) as bad:
        raise jwt.InvalidTokenError("times are not numbers") from bad
    if issued > at + TOLERANCE:
        raise jwt.ImmatureSignatureError
    if expires < at - TOLERANCE:
        raise jwt.ExpiredSignatureError
    if expires - issued > LIFETIME or not claims["jti"]:
        raise jwt.InvalidTokenError("lives too long, or has no nonce")
