"""What every address of the API begins with."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, ClassVar, Final

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce import tokens
from cscore.commerce.api.authentication import BearerToken
from cscore.commerce.api.throttle import TokenRate
from cscore.commerce.models import ApiToken, Shop
from cscore.commerce.scopes import Scope
from cscore.common.api import REFUSED, BoundedJson, refused
from cscore.common.errors import Refusal

# What any operation may say: no token, no scope, too often.
_ALWAYS: Final = (401, 403, 429)


class MissingScope(Refusal):
    code = "token.missing-scope"
    status = 403
    sentence = _("This token may not do this: it needs the scope %(scope)s.")


class TokenRequest(Request):
    """A request that a token made: `user` answers for it."""

    user: User
    auth: ApiToken


class JsonWhateverIsAsked(BaseContentNegotiation):
    def select_parser(self, request: Request, parsers: Any) -> Any:
        kind = (request.content_type or "").partition(";")[0].strip().casefold()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """Opens for tokens with the scope that `needs` names for the method; its shop is the token's."""

    needs: ClassVar[dict[str, Scope]] = {}
    authentication_classes = (BearerToken,)
    throttle_classes = (TokenRate,)
    permission_classes = ()
    parser_classes: Sequence[type[BaseParser]] = (BoundedJson,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = JsonWhateverIsAsked
    http_method_names: ClassVar[list[str]] = ["get", "post", "put", "delete", "head"]  # type: ignore[misc]
    request: TokenRequest

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view: Any = super().as_view(**initkwargs)
        view.opens_for = cls.needs
        return view

    def get_exception_handler(self) -> Any:
        return refused

    @property
    def shop(self) -> Shop:
        return self.request.auth.shop

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with ExitStack() as self.meanwhile:
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who asks, and whether he may; the audit trail names the token from here on."""
        super().initial(request, *args, **kwargs)
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method in self.needs:
            self.must(self.needs[method])
        self.meanwhile.enter_context(audit.through(str(self.request.auth)))

    def must(self, scope: Scope) -> None:
        """Raises MissingScope unless the token has the scope."""
        if not tokens.may(self.request.auth, scope):
            raise MissingScope(scope=scope.value)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response


def answers(name: str, summary: str, *refusals: int, **described: Any) -> Callable[[Any], Any]:
    """Describes an operation: `response` by status, and the statuses of its refusals beside those of any."""
    responses = dict.fromkeys(sorted({*_ALWAYS, *refusals}), REFUSED) | described.pop("responses")
    return extend_schema(operation_id=name, summary=summary, responses=responses, **described)
