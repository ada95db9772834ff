"""What every request gets: a name in the log, a content policy, no stray copies, refusals in words."""

import uuid
from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

from cscore.common import doors
from cscore.common.errors import Refusal
from cscore.common.logs import current_request_id

Handler = Callable[[HttpRequest], HttpResponse]


def request_id(get_response: Handler) -> Handler:
    """Names each request in the log and in the answer's X-Request-ID."""

    def handle(request: HttpRequest) -> HttpResponse:
        name = uuid.uuid4().hex[:12]
        current_request_id.set(name)
        response = get_response(request)
        response["X-Request-ID"] = name
        return response

    return handle


def admin_policy(get_response: Handler) -> Handler:
    """The admin's theme is written with Alpine, which evaluates expressions and sets styles in line."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = {  # type: ignore[attr-defined]
                "script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
            }
        return response

    return handle


def private_pages(get_response: Handler) -> Handler:
    """Nobody else keeps a copy of a signed-in person's page."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response

    return handle


class refusals:  # noqa: N801 - listed in settings beside the function middlewares
    """Turns a Refusal raised by any view into its page or JSON."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return doors.refused(request, exception) if isinstance(exception, Refusal) else None
