"""How the list of tickets is narrowed down."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RadioFilter

from cscore.common import clock
from tickets.models import OPEN_STATES, Ticket
from tickets.rules import CLOCK_RUNS_IN, DUE_SOON


class WorkFilter(RadioFilter):  # type: ignore[misc]
    """What is open unless something else is asked for: another choice, a state, or a search."""

    title = _("work")
    parameter_name = "work"
    all_option = ("", _("Open"))

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        self.person = request.user
        self.narrowed_elsewhere = any(name == "q" or name.startswith("state") for name in request.GET)
        super().__init__(request, *args)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("late", _("Late")),
            ("soon", _("Due soon")),
            ("mine", _("Mine")),
            ("free", _("Nobody's")),
            ("any", _("All, done ones too")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Ticket]) -> QuerySet[Ticket]:
        if self.value() == "any" or (not self.value() and self.narrowed_elsewhere):
            return queryset
        return queryset.filter(**self._conditions())

    def _conditions(self) -> dict[str, Any]:
        now = clock.now()
        table: dict[str | None, dict[str, Any]] = {
            "late": {"state__in": CLOCK_RUNS_IN, "due_at__lt": now},
            "soon": {"state__in": CLOCK_RUNS_IN, "due_at__range": (now, now + DUE_SOON)},
            "mine": {"state__in": OPEN_STATES, "assigned_to": self.person},
            "free": {"state__in": OPEN_STATES, "assigned_to": None},
        }
        return table.get(self.value(), {"state__in": OPEN_STATES})
