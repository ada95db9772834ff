"""The agent's desk."""

from typing import Final, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from chat.rules import HEAD_START
from chat.views.policy import no_markup_from_scripts
from chat.views.shortcuts import SHORTCUTS
from chat.views.words import DESK
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.common.doors import opens_for
from tickets.models import Kind

# Stands in an address where the script puts the conversation that is open.
_ANY: Final = UUID(int=0)


@opens_for(Permission.CHAT_SERVE)
def desk(request: HttpRequest) -> HttpResponse:
    """The inbox, one conversation and its customer, side by side. Everything else comes through the socket."""
    agent = cast(User, request.user)
    setting = {
        "path": "/ws/desk/",
        "me": agent.get_username(),
        "sees_others": agent.may(Permission.CHAT_SUPERVISE),
        "head_start": {tier: start.total_seconds() for tier, start in HEAD_START.items()},
    }
    context = {
        "setting": setting,
        "words": DESK,
        "article_search_path": reverse("chat:find_articles", args=[_ANY]).replace(str(_ANY), "CONVERSATION"),
        "kinds": Kind.choices,
        "shortcuts": SHORTCUTS,
        "may_work_tickets": agent.may(Permission.TICKETS_WORK),
    }
    return no_markup_from_scripts(render(request, "chat/desk.html", context))
