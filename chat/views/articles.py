"""The desk's search in articles: what is live, as the customer of the open conversation would be told it."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from chat import access
from chat.queries.telling import Teller
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from kb import live
from kb.search import Audience, search

SHOWN = 8


@opens_for(Permission.CHAT_SERVE)
@require_safe
def find_articles(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Articles about ?q=, each with the pieces of its question and of its text (words, marked) and what to say."""
    conversation = access.conversation_for(cast(User, request.user), conversation_id)
    results = search(conversation.shop_id, request.GET.get("q", ""), SHOWN, audience=Audience.AGENTS)
    knowledge, tell = live.knowledge(conversation.shop_id), Teller(conversation, clock.now())
    answers = [(hit, knowledge.answer(hit.key)) for hit in results.hits]
    found = [
        {
            "article": hit.key,
            "version": answer.version_number,
            "question": hit.question,
            "snippet": hit.snippet,
            "answer": tell(answer).body,
        }
        for hit, answer in answers
        if answer
    ]
    return JsonResponse({"found": found, "did_you_mean": results.did_you_mean})
