"""Reviews, the archive and the next look for many articles at once."""

from collections.abc import Callable, Iterable
from itertools import groupby

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin

from cscore.common import clock
from cscore.common.errors import Refusal
from kb import actions
from kb.access import person_of
from kb.admin.bulk import confirm_first
from kb.forms.workflow import LookAgainForm
from kb.models import Article, ArticleQuerySet

_REFUSALS_SAID = 5


@admin.action(description=gettext_lazy("Ask for a review of the chosen articles"), permissions=["change"])
def ask_review_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> None:
    by, at = person_of(request), clock.now()
    done = _one_by_one(request, chosen, lambda article: actions.ask_review(article=article, by=by, at=at))
    if done:
        said = ngettext("%(count)s review is asked for.", "%(count)s reviews are asked for.", done)
        messages.success(request, said % {"count": done})


@admin.action(description=gettext_lazy("Approve the chosen articles"), permissions=["publish"])
def approve_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse | None:
    if "confirmed" not in request.POST:
        question = _("Approve the latest version of these articles, as you read it:")
        return confirm_first(page, request, chosen, question, _("Approve"))
    by, at = person_of(request), clock.now()

    def approve(article: Article) -> None:
        if article.latest_version is not None:
            actions.approve(version=article.latest_version, by=by, at=at)

    if done := _one_by_one(request, chosen, approve):
        said = ngettext("%(count)s version is approved.", "%(count)s versions are approved.", done)
        messages.success(request, said % {"count": done})
    return None


@admin.action(
    description=gettext_lazy("Set when to look at the chosen articles again"), permissions=["change"]
)
def look_again_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse | None:
    form = LookAgainForm(request.POST if "confirmed" in request.POST else None)
    if not form.is_valid():
        question = _("From which day on do these articles need another look? Leave it empty for never.")
        return confirm_first(page, request, chosen, question, _("Save"), form)
    by, at, day = person_of(request), clock.now(), form.cleaned_data["day"]

    def look_again(articles: list[Article]) -> int:
        return actions.look_again_on(articles=articles, day=day, by=by, at=at)

    if done := sum(_by_shop(request, chosen, look_again)):
        said = ngettext("Kept for %(count)s article.", "Kept for %(count)s articles.", done)
        messages.success(request, said % {"count": done})
    return None


@admin.action(description=gettext_lazy("Archive the chosen articles"), permissions=["publish"])
def archive_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse | None:
    if "confirmed" not in request.POST:
        question = _("Customers will no longer be told these answers, and lists leave them out:")
        return confirm_first(page, request, chosen, question, _("Archive"))
    by, at = person_of(request), clock.now()

    def archive(articles: list[Article]) -> int:
        actions.archive(articles=articles, by=by, at=at)
        return len(articles)

    if done := sum(_by_shop(request, chosen, archive)):
        said = ngettext("%(count)s article is archived.", "%(count)s articles are archived.", done)
        messages.success(request, said % {"count": done})
    return None


@admin.action(
    description=gettext_lazy("Take the chosen articles out of the archive"), permissions=["publish"]
)
def unarchive_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> None:
    by, at = person_of(request), clock.now()

    def unarchive(articles: list[Article]) -> int:
        actions.unarchive(articles=articles, by=by, at=at)
        return len(articles)

    if done := sum(_by_shop(request, chosen, unarchive)):
        said = ngettext("%(count)s article is a draft again.", "%(count)s articles are drafts again.", done)
        messages.success(request, said % {"count": done})


@admin.action(
    description=gettext_lazy("Show the chosen articles in the help centre"), permissions=["publish"]
)
def help_show_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse | None:
    if "confirmed" not in request.POST:
        question = _(
            "Everybody on the web will read these articles in the help centre, as soon as they are live:"
        )
        return confirm_first(page, request, chosen, question, _("Show"))
    if done := _help_show(request, chosen, shown=True):
        said = ngettext(
            "%(count)s article stands in the help centre now.",
            "%(count)s articles stand in the help centre now.",
            done,
        )
        messages.success(request, said % {"count": done})
    return None


@admin.action(
    description=gettext_lazy("Take the chosen articles out of the help centre"), permissions=["publish"]
)
def help_hide_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse | None:
    if "confirmed" not in request.POST:
        question = _(
            "Readers of the help centre will no longer find these articles; the bot answers from them as before:"
        )
        return confirm_first(page, request, chosen, question, _("Take out"))
    if done := _help_show(request, chosen, shown=False):
        said = ngettext(
            "%(count)s article left the help centre.", "%(count)s articles left the help centre.", done
        )
        messages.success(request, said % {"count": done})
    return None


def _help_show(request: HttpRequest, chosen: ArticleQuerySet, *, shown: bool) -> int:
    by, at = person_of(request), clock.now()

    def show(articles: list[Article]) -> int:
        return len(actions.show_in_help_centre(articles=articles, shown=shown, by=by, at=at))

    return sum(_by_shop(request, chosen, show))


def _one_by_one(request: HttpRequest, chosen: ArticleQuerySet, verb: Callable[[Article], object]) -> int:
    """How many the verb was carried out for; the first refusals are said."""
    done, refusals = 0, []
    for article in chosen.select_related("shop", "latest_version__article").order_by("pk"):
        try:
            verb(article)
        except Refusal as refusal:
            refusals.append(str(refusal))
        else:
            done += 1
    for sentence in refusals[:_REFUSALS_SAID]:
        messages.error(request, sentence)
    if (more := len(refusals) - _REFUSALS_SAID) > 0:
        messages.error(request, _("and %(more)s more") % {"more": more})
    return done


def _by_shop(
    request: HttpRequest, chosen: ArticleQuerySet, verb: Callable[[list[Article]], int]
) -> Iterable[int]:
    articles = chosen.select_related("shop", "latest_version").order_by("shop_id", "pk")
    for _shop, group in groupby(articles, key=lambda article: article.shop_id):
        try:
            yield verb(list(group))
        except Refusal as refusal:
            messages.error(request, str(refusal))
