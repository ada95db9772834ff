"""A conversation to read, for those who work on the ticket it led to."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chat import access
from chat.models import Author, Conversation
from chat.queries.transcript import PAGE, Line, lines_after, tickets_of
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.common.doors import opens_for


@opens_for(Permission.TICKETS_VIEW)
def transcript(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """What was said, a page at a time from message `after` on. Notes among staff are not part of it."""
    conversation = access.transcript_for(cast(User, request.user), conversation_id)
    lines = lines_after(conversation.pk, _number(request.GET.get("after", "")))
    context = {
        "conversation": conversation,
        "lines": [(line, speaker(conversation, line)) for line in lines],
        "tickets": tickets_of(conversation),
        "more_after": lines[-1].seq if len(lines) == PAGE else None,
    }
    return render(request, "chat/conversation.html", context)


def _number(asked: str) -> int:
    """The number that the address asks for, or 0; no conversation is as long as nine digits."""
    return int(asked) if asked.isdecimal() and len(asked) <= 9 else 0


def speaker(conversation: Conversation, line: Line) -> str:
    """Whose line it is, as staff name him."""
    if line.author == Author.CUSTOMER:
        return str(conversation.customer or _("Visitor"))
    return line.name or str(Author(line.author).label)
