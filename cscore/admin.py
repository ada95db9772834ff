"""The engine's own pages in the house's look: background jobs, read only."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_q.admin import FailAdmin, QueueAdmin, ScheduleAdmin, TaskAdmin
from django_q.models import Failure, OrmQ, Schedule, Success

from cscore.accounts.guarded_admin import GuardedAdmin, badge
from cscore.accounts.permissions import Permission

for job in (Schedule, Success, Failure, OrmQ):
    admin.site.unregister(job)


class JobAdmin(GuardedAdmin):
    """Whoever may see jobs sees them all: they carry ids, not customers' data."""

    view_permission = Permission.JOBS_VIEW
    may_add = False
    actions = None


@admin.register(Success)
class SuccessAdmin(JobAdmin, TaskAdmin):  # type: ignore[misc]
    list_display = ("name", "func", "started", "time_taken")
    list_filter = ()
    ordering = ("-started",)


@admin.register(Failure)
class FailureAdmin(JobAdmin, FailAdmin):  # type: ignore[misc]
    list_display = ("name", "func", "started", "short_result")
    list_filter = ()
    ordering = ("-started",)


@admin.register(Schedule)
class JobScheduleAdmin(JobAdmin, ScheduleAdmin):  # type: ignore[misc]
    list_display = ("name", "func", "schedule_type", "next_run", "last_result")
    list_filter = ()
    list_display_links = ("name",)
    ordering = ("name",)

    @badge(_("last result"))
    def last_result(self, schedule: Any) -> tuple[str, str]:
        if schedule.task_success is None:
            return "", str(_("Not run yet"))
        return ("success", str(_("Done"))) if schedule.task_success else ("danger", str(_("Failed")))


@admin.register(OrmQ)
class QueuedAdmin(JobAdmin, QueueAdmin):  # type: ignore[misc]
    list_display = ("id", "name", "func", "lock")
    list_filter = ()
    ordering = ("pk",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = OrmQ.objects.order_by("pk")
        return rows
