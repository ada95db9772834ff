"""What the wording rules say of a text while it is being written."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import reach
from cscore.common import clock
from cscore.common.doors import opens_for
from cscore.common.errors import Refusal
from cscore.compliance.queries import checker_for
from kb import access
from kb.answers.checks import AnswerTooLong
from kb.findings import said_of
from kb.rules import LONGEST_ANSWER

_MOST_TEXTS = 50


class UnreadableTexts(Refusal):
    code = "kb.unreadable-texts"
    sentence = _("Send the shop's number and the texts by their names, as JSON.")


@opens_for(Permission.KB_EDIT)
@require_POST
def check_wording(request: HttpRequest) -> HttpResponse:
    """The places in each text that a rule of the shop finds, counted in characters. Nothing is kept."""
    asked = _asked(request.body)
    shop = reach(Shop.objects.all(), access.person_of(request), pk=asked["shop"])
    checker, at = checker_for(shop), clock.now()
    found = {name: said_of(checker, name, text, at) for name, text in asked["texts"].items()}
    return JsonResponse({"found": found})


def _asked(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body)
        shop, texts = int(asked["shop"]), dict(asked["texts"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as unreadable:
        raise UnreadableTexts from unreadable
    if len(texts) > _MOST_TEXTS or not all(isinstance(text, str) for text in texts.values()):
        raise UnreadableTexts
    if any(len(text) > LONGEST_ANSWER for text in texts.values()):
        raise AnswerTooLong(most=LONGEST_ANSWER)
    return {"shop": shop, "texts": texts}
