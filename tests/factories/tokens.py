from typing import Any

from cscore.accounts.models import User
from cscore.commerce import tokens
from cscore.commerce.models import Shop
from cscore.commerce.scopes import Scope
from cscore.common import clock


def make_token(*, shop: Shop, by: User, **fields: Any) -> str:
    """A token's secret; of every scope, without end, unless said otherwise."""
    told = {"name": "ERP", "scopes": Scope.values, "expires_at": None, "at": clock.now()} | fields
    _token, secret = tokens.make_token(shop=shop, by=by, **told)
    return secret
