"""Authorization: Bearer, and nothing else: a session's cookie opens no door here, so no foreign page can use one."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from cscore.accounts.models import User
from cscore.commerce import tokens
from cscore.commerce.models import ApiToken
from cscore.common import clock


class BearerToken(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, ApiToken]:
        """The token and who answers for it. Raises NoSuchToken, also where none was sent."""
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.casefold() != "bearer" or not secret:
            raise tokens.NoSuchToken
        at = clock.now()
        token = tokens.token_of(secret.strip(), at)
        if token.created_by is None:
            raise tokens.NoSuchToken
        tokens.note_use(token, at)
        return token.created_by, token


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
