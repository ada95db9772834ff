"""Two articles that ask nearly the same: named while an editor types, and settled on a page of their own."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import reach
from cscore.common import clock
from cscore.common.doors import opens_for
from cscore.common.errors import Refusal
from kb import access, actions, live
from kb.actions.merging import merged
from kb.differences import lines_difference
from kb.lookalikes import alike
from kb.models import Article
from kb.queries import named
from kb.rules import LONGEST_QUESTION

# Somebody types: reading more wordings would take longer than he waits.
MOST_TYPED = 40


@opens_for(Permission.KB_EDIT)
@require_POST
def typed(request: HttpRequest) -> JsonResponse:
    """The live articles that what stands in the form nearly asks; `article` or `shop` says where it is written."""
    person, key = access.person_of(request), ""
    if request.POST.get("article"):
        article = access.article_for(person, pk=request.POST["article"])
        shop, key = article.shop, article.key
    else:
        shop = reach(Shop.objects.all(), person, pk=request.POST.get("shop") or 0)
    lines = (request.POST.get("question", ""), *request.POST.get("phrasings", "").splitlines())
    wordings = dict.fromkeys(line.strip()[:LONGEST_QUESTION] for line in lines if line.strip())
    found = alike(live.knowledge(shop.pk), ((key, wording) for wording in list(wordings)[:MOST_TYPED]))
    ids = {one.key: one.id for one in named(shop.pk).values()} if found else {}
    return JsonResponse(
        {
            "alike": [
                {
                    "sentence": str(one),
                    "question": one.question,
                    "url": reverse("admin:kb_article_change", args=[ids[one.other]]),
                    "settle": reverse("kb:conflict", args=[article.pk, ids[one.other]]) if key else "",
                }
                for one in found
                if one.other in ids
            ]
        }
    )


@opens_for(Permission.KB_EDIT)
@require_safe
def conflict(request: HttpRequest, article_id: int, other_id: int) -> HttpResponse:
    """Both articles, what a merge would make of them, and what telling them apart would teach the bot."""
    one, other = _pair(request, article_id, other_id)
    return _page(request, one, other)


@opens_for(Permission.KB_EDIT)
@require_POST
def merge(request: HttpRequest, article_id: int, other_id: int) -> HttpResponse:
    """The first article takes the other in: a draft, that is; customers notice it when it is published."""
    one, other = _pair(request, article_id, other_id)
    try:
        version = actions.merge(into=one, other=other, by=access.person_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("kb:conflict", one.pk, other.pk)
    words = _("Saved as version %(number)s. When it is published, “%(other)s” is withdrawn.")
    messages.success(request, words % {"number": version.number, "other": other})
    return redirect("admin:kb_article_change", one.pk)


@opens_for(Permission.KB_EDIT)
@require_POST
def tell_apart(request: HttpRequest, article_id: int, other_id: int) -> HttpResponse:
    """Each article learns that the other's wordings ask something else: two drafts."""
    one, other = _pair(request, article_id, other_id)
    try:
        actions.tell_apart(one=one, other=other, by=access.person_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("kb:conflict", one.pk, other.pk)
    words = _(
        "“%(one)s” and “%(other)s” now know each other's wordings. Publish both drafts to tell them apart."
    )
    messages.success(request, words % {"one": one, "other": other})
    return redirect("admin:kb_article_change", one.pk)


@opens_for(Permission.KB_EDIT)
@require_POST
def keep_apart(request: HttpRequest, article_id: int) -> HttpResponse:
    """The article is not taken into another one after all."""
    article = access.article_for(access.person_of(request), pk=article_id)
    try:
        actions.keep_apart(article=article, by=access.person_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("This article stays when the other one is published."))
    return redirect("admin:kb_article_change", article.pk)


def _pair(request: HttpRequest, article_id: int, other_id: int) -> tuple[Article, Article]:
    """Raises NotFound."""
    person = access.person_of(request)
    found = [access.article_for(person, pk=pk) for pk in (article_id, other_id)]
    for article in found:
        for version in (article.latest_version, article.live_version):
            if version is not None:
                version.article = article
    return found[0], found[1]


def _page(request: HttpRequest, one: Article, other: Article) -> HttpResponse:
    context: dict[str, Any] = {"title": _("Hard to tell apart"), "one": one, "other": other}
    context["pair"] = (one, other)
    if one.latest_version and other.latest_version:
        draft = merged(one.latest_version, other.latest_version)
        context["merged"] = draft
        context["phrasings"] = lines_difference(one.latest_version.phrasings, draft.phrasings)
    return render(request, "kb/conflict.html", admin.site.each_context(request) | context)
