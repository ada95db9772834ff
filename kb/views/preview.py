"""What would be said to whom, from the article as it stands in the form and not yet in the database."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from kb import access
from kb.answers import Answer, Rich, Told
from kb.answers.nodes import nodes_of_text
from kb.answers.placeholders import PLACEHOLDERS
from kb.forms import ArticleForm
from kb.forms.preview import PreviewForm
from kb.saying import cards_in_words


@opens_for(Permission.KB_EDIT)
@require_POST
def preview(request: HttpRequest, article_id: int) -> HttpResponse:
    """The answer that fits, each live value by its name in brackets; or what is wrong with the form. Nothing is kept."""
    article = access.article_for(access.person_of(request), pk=article_id)
    asked, form = PreviewForm(request.POST, shop=article.shop), ArticleForm(request.POST, instance=article)
    for name in ("shop", "key"):
        del form.fields[name]
    if not (asked.is_valid() and form.is_valid()):
        wrong = [*asked.errors.values(), *form.errors.values()]
        return JsonResponse({"wrong": [str(message) for messages in wrong for message in messages]})
    draft = form.cleaned_data["draft"]
    answer = Answer(draft.answer, draft.rich or Rich(), draft.others or ())
    told = answer.told(asked.situation(clock.now()), lambda names: {name: _named(name) for name in names})
    return JsonResponse(_shown(told))


def _named(name: str) -> str:
    return f"[{PLACEHOLDERS[name].meaning}]" if name in PLACEHOLDERS else ""


def _shown(told: Told) -> dict[str, Any]:
    which = _("Other answer %(number)s") % {"number": told.chosen} if told.chosen else _("The base answer")
    nodes = told.nodes or nodes_of_text(told.body)
    return {"which": which, "nodes": nodes, "cards": list(cards_in_words(told.cards))}
