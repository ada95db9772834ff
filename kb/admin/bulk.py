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
from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.errors import Refusal
from kb import actions
from kb.access import person_of
from kb.actions import GoldenRegression
from kb.actions.publishing import NothingToPublish, NothingToWithdraw
from kb.admin.lookalikes import warn_of_lookalikes
from kb.forms.workflow import DespiteForm
from kb.models import Article, ArticleQuerySet
from kb.outlooks import warning_of

_SHOWN = 50
Verb = Callable[[Sequence[Article], User, datetime, str], int]


@admin.action(description=gettext_lazy("Publish the chosen articles"), permissions=["publish"])
def publish_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse | None:
    if "confirmed" not in request.POST:
        question = _("Customers will be told the latest version of these articles at once:")
        return confirm_first(page, request, chosen, question, _("Publish"), warnings=_warnings(chosen))
    held = _each_shop(request, chosen, _publish, _("%(shop)s: live as release %(release)s."))
    question = _("If these articles go live, golden questions are no longer answered as they must be:")
    return _decide(page, request, chosen, held, question, _("Publish"))


@admin.action(description=gettext_lazy("Withdraw the chosen articles"), permissions=["publish"])
def withdraw_chosen(page: ModelAdmin, request: HttpRequest, chosen: ArticleQuerySet) -> HttpResponse | None:
    if "confirmed" not in request.POST:
        question = _("Customers will no longer be told these answers:")
        return confirm_first(page, request, chosen, question, _("Withdraw"))
    held = _each_shop(request, chosen, _withdraw, _("%(shop)s: withdrawn with release %(release)s."))
    question = _("If these articles are withdrawn, golden questions are no longer answered as they must be:")
    return _decide(page, request, chosen, held, question, _("Withdraw"))


def _publish(articles: Sequence[Article], by: User, at: datetime, despite: str) -> int:
    versions = [article.latest_version for article in articles if article.latest_version]
    return actions.publish(versions=versions, by=by, at=at, despite=despite)


def _withdraw(articles: Sequence[Article], by: User, at: datetime, despite: str) -> int:
    return actions.withdraw(articles=articles, by=by, at=at, despite=despite)


def _each_shop(
    request: HttpRequest, chosen: ArticleQuerySet, verb: Verb, done: str
) -> dict[int, GoldenRegression]:
    """One release for each shop; by shop, what its golden questions held back and the person may let pass."""
    held: dict[int, GoldenRegression] = {}
    person, despite = person_of(request), request.POST.get("despite", "")
    articles = chosen.select_related("shop", "latest_version").order_by("shop_id", "pk")
    for shop, group in groupby(articles, key=lambda article: article.shop):
        try:
            release = verb(list(group), person, clock.now(), despite)
        except GoldenRegression as regression:
            if person.may(Permission.KB_OVERRIDE):
                held[shop.pk] = regression
            else:
                messages.error(request, str(regression))
        except (NothingToPublish, NothingToWithdraw) as refusal:
            # Asked for the reason, shops where nothing was held back are done already.
            if "despite" not in request.POST:
                messages.error(request, str(refusal))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done % {"shop": shop, "release": release})
            warn_of_lookalikes(request, shop.pk, release)
    return held


def _decide(
    page: ModelAdmin,
    request: HttpRequest,
    chosen: ArticleQuerySet,
    held: dict[int, GoldenRegression],
    question: str,
    verb: str,
) -> HttpResponse | None:
    """The page on which a lead decides in spite of golden questions, with a reason; nothing when none are lost."""
    if not held:
        return None
    form = DespiteForm(request.POST if "despite" in request.POST else None)
    lost = [one.question for regression in held.values() for one in regression.regressions]
    return confirm_first(page, request, chosen.filter(shop__in=list(held)), question, verb, form, lost)


def _warnings(chosen: ArticleQuerySet) -> list[tuple[Article, Sequence[str]]]:
    """What the trial trainings say against publishing some of these."""
    tried = chosen.filter(latest_version__trial_training__finished_at__isnull=False)
    rows = tried.select_related("latest_version__trial_training", "shop__knowledge_base")
    return [(article, warning) for article in rows if (warning := warning_of(article))]


def confirm_first(
    page: ModelAdmin,
    request: HttpRequest,
    chosen: ArticleQuerySet,
    question: str,
    verb: str,
    form: Form | None = None,
    lost: Sequence[str] = (),
    warnings: Sequence[tuple[Article, Sequence[str]]] = (),
) -> HttpResponse:
    """A page that shows what was chosen, asks what the form asks, and sends it all again with `confirmed`.

    `lost` are golden questions that it would cost; `warnings` what the trial trainings say against it.
    """
    across = request.POST.get("select_across") == "1"
    count = chosen.count()
    # Chosen across pages, the filter says which are meant: the list need not carry them all.
    shown = chosen.select_related("latest_version")[: _SHOWN if across else count]
    context = page.admin_site.each_context(request) | {
        "title": page.opts.verbose_name_plural,
        "opts": page.opts,
        "question": question,
        "verb": verb,
        "warnings": warnings,
        "form": form,
        "lost": lost,
        "articles": shown,
        "more": count - len(shown),
        "select_across": int(across),
        "action": request.POST["action"],
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return render(request, "kb/confirm.html", context)
