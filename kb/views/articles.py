"""One-click publish and withdraw, and the story of an article."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from cscore.common.errors import Refusal
from kb import access, actions
from kb.admin.lookalikes import warn_of_lookalikes
from kb.differences import Piece, difference, lines_difference, same
from kb.models import Article, ArticleVersion

_PER_PAGE = 10


@opens_for(Permission.KB_PUBLISH)
@require_POST
def publish(request: HttpRequest, article_id: int) -> HttpResponse:
    """Makes the latest version live."""
    article = access.article_for(access.person_of(request), pk=article_id)
    return _do(request, article, lambda: _publish(request, article.latest_version))


@opens_for(Permission.KB_PUBLISH)
@require_POST
def publish_version(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """Makes any version live: the way back from a mistake."""
    version = access.version_for(access.person_of(request), article_id=article_id, number=number)
    return _do(request, version.article, lambda: _publish(request, version))


@opens_for(Permission.KB_PUBLISH)
@require_POST
def withdraw(request: HttpRequest, article_id: int) -> HttpResponse:
    """Customers are no longer told this answer."""
    article = access.article_for(access.person_of(request), pk=article_id)

    def verb() -> str:
        release = actions.withdraw(articles=[article], by=access.person_of(request), at=clock.now())
        return _("Withdrawn with release %(release)s.") % {"release": release}

    return _do(request, article, verb)


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

    return _do(request, version.article, verb)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A version beside the one before it."""

    version: ArticleVersion
    question: tuple[Piece, ...]
    phrasings: tuple[Piece, ...]
    answer: tuple[Piece, ...]

    @classmethod
    def of(cls, version: ArticleVersion, before: ArticleVersion | None) -> "Chapter":
        if before is None:
            return cls(version, same(version.question), same(*version.phrasings), same(version.answer))
        return cls(
            version,
            difference(before.question, version.question),
            lines_difference(before.phrasings, version.phrasings),
            difference(before.answer, version.answer),
        )


@opens_for(Permission.KB_VIEW)
@require_safe
def versions(request: HttpRequest, article_id: int) -> HttpResponse:
    """Every version, the latest first, with what it changed."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)
    rows = article.versions.select_related("created_by").order_by("-number")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    before = article.versions.filter(number__lt=shown[-1].number).order_by("-number").first()
    chapters = [
        Chapter.of(version, older) for version, older in zip(shown, [*shown[1:], before], strict=True)
    ]
    context = admin.site.each_context(request) | {
        "title": _("Versions"),
        "article": article,
        "page": page,
        "chapters": chapters,
        "may_edit": person.may(Permission.KB_EDIT),
        "may_publish": person.may(Permission.KB_PUBLISH),
    }
    return render(request, "kb/versions.html", context)


def _publish(request: HttpRequest, version: ArticleVersion | None) -> str:
    release = actions.publish(
        versions=[version] if version else [], by=access.person_of(request), at=clock.now()
    )
    if version is not None:
        warn_of_lookalikes(request, version.article.shop_id, release)
    return _("Live as release %(release)s.") % {"release": release}


def _do(request: HttpRequest, article: Article, verb: Callable[[], str]) -> HttpResponse:
    """Says what the verb did, or why not, on the page the person came from."""
    try:
        messages.success(request, verb())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("admin:kb_article_change", args=[article.pk])
    return redirect(back)
