"""From a number to the conversations behind it, to one of them, and out as a file."""

from collections.abc import AsyncIterator, Iterator
from typing import cast
from uuid import UUID

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from analytics import access, exports
from analytics.kpis.cases import SELECTIONS
from analytics.queries.listing import listed, listed_in_chunks
from analytics.queries.transcript import transcript
from analytics.reports.lists import CaseList, case_list
from analytics.views.page import Page, query
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound

PER_PAGE = 50


@opens_for(Permission.REPORTS_VIEW)
@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    """The list behind a number."""
    page = Page.of(request)
    shop, found = _list(page)
    asked = page.asked()
    shown = Paginator(found.cases, PER_PAGE).get_page(request.GET.get("page"))
    return page.show(
        "analytics/conversations.html",
        found.title,
        rows=listed(list(shown.object_list)),
        shown=shown,
        found=found,
        selections=SELECTIONS.values(),
        asked=asked,
        overview_query=query(shop, asked),
        query=query(shop, asked, list=found.key),
    )


@opens_for(Permission.REPORTS_VIEW)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as CSV, sent while it is read."""
    page = Page.of(request)
    shop, found = _list(page)
    period = page.asked().period
    lines = exports.as_csv(listed_in_chunks(found.cases), page.zone)
    body = _in_thread(lines) if isinstance(request, ASGIRequest) else lines
    name = f"{shop.key}_{found.key}_{period.first}_{period.last}.csv"
    response = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # A door's type has no word for bodies that come in pieces.
    return cast(HttpResponse, response)


@opens_for(Permission.REPORTS_VIEW)
@require_safe
def conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """One conversation, read only, with the bot's reasons."""
    page = Page.of(request)
    found = access.conversation_for(page.person, conversation_id)
    return page.show(
        "analytics/conversation.html",
        _("Conversation %(number)s") % {"number": found.number},
        conversation=found,
        lines=transcript(found),
        hand_overs=found.handoffs.order_by("at", "pk"),
        tickets=found.tickets.order_by("pk"),
        may_keep_golden=page.person.may(Permission.KB_EDIT),
    )


def _list(page: Page) -> tuple[Shop, CaseList]:
    if page.shop is None:
        raise NotFound
    return page.shop, case_list(page.shop, page.asked().period, page.request.GET.get("list", "all"), page.at)


async def _in_thread(lines: Iterator[str]) -> AsyncIterator[str]:
    """The lines, each read in the request's own thread: the event loop may not wait for the database."""
    read = sync_to_async(_next)
    while (line := await read(lines)) is not None:
        yield line


def _next(lines: Iterator[str]) -> str | None:
    return next(lines, None)
