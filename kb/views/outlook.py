"""What publishing a draft would do to precision: asked for, and told."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from kb import access, actions
from kb.outlooks import outlook_of
from kb.views.carrying_out import carry_out


@opens_for(Permission.KB_VIEW)
@require_safe
def outlook(request: HttpRequest, article_id: int) -> JsonResponse:
    """How far the trial training of the latest version is, and what it found; nothing to say of what is live by now."""
    version = access.article_for(access.person_of(request), pk=article_id).latest_version
    found = outlook_of(version) if version else None
    if found is None:
        return JsonResponse({"sentences": [], "warns": False, "done": True})
    return JsonResponse({"sentences": found.sentences, "warns": found.warns, "done": found.is_done})


@opens_for(Permission.KB_EDIT)
@require_POST
def try_training(request: HttpRequest, article_id: int) -> HttpResponse:
    """Queues a trial training of the latest version beside what is live now."""
    article = access.article_for(access.person_of(request), pk=article_id)

    def verb() -> str:
        if (
            article.latest_version is None
            or actions.ask_trial(version=article.latest_version, at=clock.now()) is None
        ):
            return _("Customers already see this.")
        return _("What publishing this would do to precision is being measured.")

    return carry_out(request, article, verb)
