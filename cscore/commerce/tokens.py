"""Keys for other programs of a shop: made, shown once, looked up by their hash, revoked."""

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce.models import ApiToken, Shop
from cscore.commerce.scopes import PERMISSION_OF, Scope
from cscore.common.errors import Refusal

_BEGINNING: Final = "cs_"
_HINTED: Final = 8
# How exactly the page says when a token was last used; a write at every request would cost more than it tells.
USED_WITHIN: Final = timedelta(minutes=1)


class NoScopes(Refusal):
    code = "token.no-scopes"
    sentence = _("Say what the token may do.")


class EndsBeforeItBegins(Refusal):
    code = "token.ended"
    sentence = _("A token ends in the future, or never.")


class AlreadyRevoked(Refusal):
    code = "token.already-revoked"
    status = 409
    sentence = _("This token is revoked already.")


class NoSuchToken(Refusal):
    """The same words for a missing, unknown, ended or revoked token: who tries learns nothing."""

    code = "token.unknown"
    status = 401
    sentence = _("Send a valid API token: Authorization: Bearer ...")


@transaction.atomic
def make_token(
    *, shop: Shop, name: str, scopes: Iterable[str], expires_at: datetime | None, by: User, at: datetime
) -> tuple[ApiToken, str]:
    """The token's row, and the secret that nobody can read again. Raises NoScopes, EndsBeforeItBegins."""
    kept = [scope.value for scope in Scope if scope in set(scopes)]
    if not kept:
        raise NoScopes
    if expires_at is not None and expires_at <= at:
        raise EndsBeforeItBegins
    secret = _BEGINNING + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        shop=shop,
        name=name,
        hint=secret[:_HINTED],
        token_hash=_hash(secret),
        scopes=kept,
        expires_at=expires_at,
        created_by=by,
        created_at=at,
    )
    audit.record(by=by, verb="commerce.make-token", on=token, at=at, shop_key=shop.key, scopes=kept)
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User, at: datetime) -> None:
    """From now on nobody gets in with it. Raises AlreadyRevoked."""
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        raise AlreadyRevoked
    audit.record(by=by, verb="commerce.revoke-token", on=token, at=at, shop_key=token.shop.key)


def token_of(secret: str, at: datetime) -> ApiToken:
    """The token, with its shop and its maker, that is good at `at`. Raises NoSuchToken.

    A token never outlives the work of the person who answers for it: suspended or no longer in the shop, it is dead.
    """
    hashed = _hash(secret)
    token = (
        ApiToken.objects.select_related("shop", "created_by")
        .filter(Q(expires_at=None) | Q(expires_at__gt=at), token_hash=hashed, revoked_at=None)
        .first()
    )
    if token is None or not hmac.compare_digest(token.token_hash, hashed) or not _maker_works_here(token):
        raise NoSuchToken
    return token


def note_use(token: ApiToken, at: datetime) -> None:
    """When the token was last used, to the minute."""
    if token.used_at is None or token.used_at < at - USED_WITHIN:
        ApiToken.objects.filter(pk=token.pk).update(used_at=at)


def may(token: ApiToken, scope: Scope) -> bool:
    """Whether the token was given the scope and its maker still may do himself what it stands for."""
    maker = token.created_by
    return scope in token.scopes and maker is not None and maker.may(PERMISSION_OF[scope])


def _maker_works_here(token: ApiToken) -> bool:
    maker = token.created_by
    if maker is None or not maker.is_active:
        return False
    return maker.is_superuser or token.shop.staff.filter(pk=maker.pk).exists()


def _hash(secret: str) -> str:
    """Secrets are long and random: a plain hash of one cannot be tried back."""
    return sha256(secret.encode(errors="replace")).hexdigest()
