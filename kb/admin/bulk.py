"""Publishing and withdrawing many articles at once: one release per shop, after one look at the list."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from cscore.accounts.models import User
from cscore.common import clock
from cscore.common.errors import Refusal
from kb import actions
from kb.access import person_of
from kb.admin.lookalikes import warn_of_lookalikes
from kb.models import Article, ArticleQuerySet

_SHOWN = 50
Verb = Callable[[Sequence[Article], User, datetime], int]


@admin.action(description=gettext_lazy("Publish the chosen articles"), permissions=["publish"])
def publish_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse | None:
    if "confirmed" not in request.POST:
        question = _("Customers will be told the latest version of these articles at once:")
        return confirm_first(page, request, chosen, question, _("Publish"))
    _each_shop(request, chosen, _publish, _("%(shop)s: live as release %(release)s."))
    return None


@admin.action(description=gettext_lazy("Withdraw the chosen articles"), permissions=["publish"])
def withdraw_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse | None:
    if "confirmed" not in request.POST:
        question = _("Customers will no longer be told these answers:")
        return confirm_first(page, request, chosen, question, _("Withdraw"))
    _each_shop(request, chosen, _withdraw, _("%(shop)s: withdrawn with release %(release)s."))
    return None


def _publish(articles: Sequence[Article], by: User, at: datetime) -> int:
    versions = [article.latest_version for article in articles if article.latest_version]
    return actions.publish(versions=versions, by=by, at=at)


def _withdraw(articles: Sequence[Article], by: User, at: datetime) -> int:
    return actions.withdraw(articles=articles, by=by, at=at)


def _each_shop(request: HttpRequest, chosen: ArticleQuerySet, verb: Verb, done: str) -> None:
    articles = chosen.select_related("shop", "latest_version").order_by("shop_id", "pk")
    for shop, group in groupby(articles, key=lambda article: article.shop):
        try:
            release = verb(list(group), person_of(request), clock.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done % {"shop": shop, "release": release})
            warn_of_lookalikes(request, shop.pk, release)


def confirm_first(
    page: ModelAdmin,
    request: HttpRequest,
    chosen: ArticleQuerySet,
    question: str,
    verb: str,
    form: Form | None = None,
) -> HttpResponse:
    """A page that shows what was chosen, asks what the form asks, and sends it all again with `confirmed`."""
    across = request.POST.get("select_across") == "1"
    count = chosen.count()
    # Chosen across pages, the filter says which are meant: the list need not carry them all.
    shown = chosen.select_related("latest_version")[: _SHOWN if across else count]
    context = page.admin_site.each_context(request) | {
        "title": page.opts.verbose_name_plural,
        "opts": page.opts,
        "question": question,
        "verb": verb,
        "form": form,
        "articles": shown,
        "more": count - len(shown),
        "select_across": int(across),
        "action": request.POST["action"],
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return render(request, "kb/confirm.html", context)
