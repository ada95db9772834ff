"""One-click publish and withdraw, and the story of an article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from kb import access, actions
from kb.admin.lookalikes import warn_of_lookalikes
from kb.differences import Piece, difference, lines_difference, same
from kb.models import ArticleVersion, Release
from kb.queries import draft_of
from kb.saying import parts_in_lines
from kb.story import Event, story_of
from kb.views.carrying_out import carry_out
from kb.workflow import kept_back_of

_PER_PAGE = 10


@opens_for(Permission.KB_PUBLISH)
@require_POST
def publish(request: HttpRequest, article_id: int) -> HttpResponse:
    """Makes the latest version live."""
    article = access.article_for(access.person_of(request), pk=article_id)
    return carry_out(request, article, lambda: _publish(request, article.latest_version), in_spite="publish")


@opens_for(Permission.KB_PUBLISH)
@require_POST
def publish_version(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """Makes any version live: the way back from a mistake."""
    version = access.version_for(access.person_of(request), article_id=article_id, number=number)
    return carry_out(request, version.article, lambda: _publish(request, version))


@opens_for(Permission.KB_PUBLISH)
@require_POST
def withdraw(request: HttpRequest, article_id: int) -> HttpResponse:
    """Customers are no longer told this answer."""
    article = access.article_for(access.person_of(request), pk=article_id)

    def verb() -> str:
        release = actions.withdraw(articles=[article], by=access.person_of(request), at=clock.now())
        return _("Withdrawn with release %(release)s.") % {"release": release}

    return carry_out(request, article, verb, in_spite="withdraw")


@opens_for(Permission.KB_EDIT)
@require_POST
def restore(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """An earlier text as a new draft."""
    version = access.version_for(access.person_of(request), article_id=article_id, number=number)

    def verb() -> str:
        restored = actions.restore(version=version, by=access.person_of(request), at=clock.now())
        return _("Version %(old)s is back as draft version %(new)s.") % {
            "old": number,
            "new": restored.number,
        }

    return carry_out(request, version.article, verb)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A version beside the one before it, and what became of it; `kept_back` by the two-person rule.

    Only of one that `was_live` anybody can have been told.
    """

    version: ArticleVersion
    question: tuple[Piece, ...]
    phrasings: tuple[Piece, ...]
    answer: tuple[Piece, ...]
    rest: Sequence[tuple[str, tuple[Piece, ...]]] = ()
    events: Sequence[Event] = ()
    kept_back: bool = False
    was_live: bool = False

    @classmethod
    def of(cls, version: ArticleVersion, before: ArticleVersion | None) -> "Chapter":
        if before is None:
            texts = (same(version.question), same(*version.phrasings), same(version.answer))
            return cls(version, *texts, _rest(version, None))
        return cls(
            version,
            difference(before.question, version.question),
            lines_difference(before.phrasings, version.phrasings),
            difference(before.answer, version.answer),
            _rest(version, before),
        )


def _rest(version: ArticleVersion, before: ArticleVersion | None) -> Sequence[tuple[str, tuple[Piece, ...]]]:
    """Every other part that is new or changed, with its name."""
    now = parts_in_lines(draft_of(version))
    if before is None:
        return [(name, same(*lines)) for name, lines in now.items() if lines]
    then = parts_in_lines(draft_of(before))
    changed = ((name, lines_difference(then[name], lines)) for name, lines in now.items())
    return [(name, pieces) for name, pieces in changed if pieces]


@opens_for(Permission.KB_VIEW)
@require_safe
def versions(request: HttpRequest, article_id: int) -> HttpResponse:
    """Every version, the latest first, with what it changed and what became of it."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)
    rows = article.versions.select_related("created_by").order_by("-number")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    before = article.versions.filter(number__lt=shown[-1].number).order_by("-number").first()
    after = article.versions.filter(number__gt=shown[0].number).order_by("number").first()
    story = story_of(article, shown, after.created_at if after else None)
    kept_back = kept_back_of(article.shop_id, shown)
    once_live = set(Release.objects.filter(version__in=shown).values_list("version_id", flat=True))
    chapters = [
        replace(
            Chapter.of(version, older),
            events=story.get(version.pk, ()),
            kept_back=version.pk in kept_back,
            was_live=version.pk in once_live,
        )
        for version, older in zip(shown, [*shown[1:], before], strict=True)
    ]
    context = admin.site.each_context(request) | {
        "title": _("Versions"),
        "article": article,
        "page": page,
        "chapters": chapters,
        "may_edit": person.may(Permission.KB_EDIT),
        "may_publish": person.may(Permission.KB_PUBLISH),
        "may_recall": person.may(Permission.CHAT_SUPERVISE),
        "today": timezone.localdate(clock.now()),
    }
    return render(request, "kb/versions.html", context)


def _publish(request: HttpRequest, version: ArticleVersion | None) -> str:
    release = actions.publish(
        versions=[version] if version else [], by=access.person_of(request), at=clock.now()
    )
    if version is not None:
        warn_of_lookalikes(request, version.article.shop_id, release)
    return _("Live as release %(release)s.") % {"release": release}
