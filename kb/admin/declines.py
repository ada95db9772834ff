"""What editors see above their lists when answers became less often right than asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from cscore.commerce.models import Shop
from kb.access import person_of
from kb.trainings import declines


class DeclineNotice:
    """Mixed into an admin page before its own base class."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = {"declines": declines(Shop.objects.for_shops_of(person_of(request)))}
        answer: HttpResponse = super().changelist_view(request, found | (extra_context or {}))  # type: ignore[misc]
        return answer
