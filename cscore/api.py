"""The API's description and its page, and what is said at an address that it does not have."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from cscore.commerce.api import ApiView
from cscore.common.doors import EVERYONE, opens_for
from cscore.common.errors import NotFound


@opens_for(EVERYONE)
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description."""
    return JsonResponse(_described(), content_type="application/vnd.oai.openapi+json")


@opens_for(EVERYONE)
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The description as a page on which requests can be tried."""
    return render(request, "api/docs.html")


class NothingHere(ApiView):
    """Any other address below /api/v1/."""

    schema = None

    def handle(self, request: Request, **where: Any) -> Response:
        raise NotFound

    get = post = put = delete = handle


@cache
def _described() -> dict[str, Any]:
    """Made once a process: it only changes with the code."""
    described: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return described
