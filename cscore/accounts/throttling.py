"""What somebody is told who tried too many passwords. The counting is django-axes', see AXES_ in the settings."""

from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cscore.common.doors import refused
from cscore.common.errors import Refusal


class TooManyTries(Refusal):
    code = "accounts.too-many-tries"
    status = 429
    sentence = _(
        "Too many wrong passwords. Try again in %(minutes)s minutes, or ask an administrator for a new one."
    )


def locked_out(request: HttpRequest, _original: HttpResponse, _credentials: dict[str, Any]) -> HttpResponse:
    """The page or JSON that stands for the sign-in form until the pause is over."""
    pause = get_cool_off(request)
    seconds = int(pause.total_seconds()) if pause else 0
    response = refused(request, TooManyTries(minutes=-(-seconds // 60)))
    response["Retry-After"] = str(seconds)
    return response
