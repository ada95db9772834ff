"""Releases: what one changed, how far it has got, and putting it back."""

from dataclasses import dataclass
from typing import Final

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from cscore.common.errors import Refusal
from kb import access, actions
from kb.models import ArticleVersion, Release, ReleaseVerb
from kb.queries import edition
from kb.releases import Change, changed_since, changes
from kb.serving.standing import newest
from kb.serving.standing import standing as standing_of
from kb.views.articles import Chapter

_PER_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One article's part in a release, word by word; what was withdrawn stands as it was."""

    release: Release
    before: ArticleVersion | None
    after: ArticleVersion | None
    chapter: Chapter | None

    @classmethod
    def of(cls, change: Change) -> "Told":
        shown, beside = change.after or change.before, change.before if change.after else None
        return cls(change.release, change.before, change.after, Chapter.of(shown, beside) if shown else None)


@opens_for(Permission.KB_VIEW)
@require_safe
def release(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What one release changed, word by word, and the button that puts it back."""
    person = access.person_of(request)
    rows = access.release_for(person, key=key, number=number)
    first, at = rows[0], clock.now()
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    later = changed_since(first.shop, number, [row.article_id for row in rows])
    context = admin.site.each_context(request) | {
        "title": _("Release %(number)s") % {"number": number},
        "release": first,
        "count": len(rows),
        "page": page,
        "changes": [Told.of(change) for change in changes(list(page.object_list))],
        "later": later[-1] if later else None,
        "standings": newest([first.shop], at) if _is_newest(first) else [],
        "may_undo": person.may(Permission.KB_PUBLISH),
        "may_override": person.may(Permission.KB_OVERRIDE),
        "may_recall": person.may(Permission.CHAT_SUPERVISE),
        "despite": next((row.despite for row in rows if row.despite), ""),
        "undone": first.verb == ReleaseVerb.UNDO,
    }
    return render(request, "kb/release.html", context)


@opens_for(Permission.KB_PUBLISH)
@require_POST
def undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Puts back what customers were told before the release."""
    person = access.person_of(request)
    shop = access.release_for(person, key=key, number=number)[0].shop
    try:
        made = actions.undo(
            shop=shop, release=number, by=person, at=clock.now(), despite=request.POST.get("despite", "")
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("kb:release", key, number)
    told = {"release": number, "new": made}
    messages.success(request, _("Release %(release)s is undone with release %(new)s.") % told)
    return redirect("kb:release", key, made)


def _is_newest(release: Release) -> bool:
    return release.number == edition(release.shop_id).release


@opens_for(Permission.KB_VIEW)
@never_cache
@require_safe
def standing(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Which processes answer from the release already; the script of the page asks until all do."""
    [release, *_more] = access.release_for(access.person_of(request), key=key, number=number)
    found = standing_of(release.shop, release.number, release.at, clock.now())
    told = {
        "release": found.release,
        "live": found.live,
        "of": found.of,
        "everywhere": found.everywhere,
        "seconds": found.seconds,
        "sentence": str(found),
        "behind": [str(one) for one in found.behind],
    }
    return JsonResponse(told)
