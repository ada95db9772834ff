"""What editors see above their pages after a publish: which processes answer from it already."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from cscore.commerce.models import Shop
from cscore.common import clock
from kb.access import person_of
from kb.serving.standing import FRESH_FOR, newest


class StandingNotice:
    """Mixed into an admin page before its own base class; the page's scripts must hold kb/cs-standing.js."""

    always_standing = False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = self._standings(request) | (extra_context or {})
        answer: HttpResponse = super().changelist_view(request, found)  # type: ignore[misc]
        return answer

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        found = self._standings(request) | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, found)  # type: ignore[misc]

    def _standings(self, request: HttpRequest) -> dict[str, Any]:
        shops = list(Shop.objects.for_shops_of(person_of(request)))
        within = None if self.always_standing else FRESH_FOR
        return {"standings": newest(shops, clock.now(), within=within)}
