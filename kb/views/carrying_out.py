"""What buttons about one article share: do it, say what came of it, go back to where the person came from."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from cscore.accounts.permissions import Permission
from cscore.common.errors import Refusal
from kb.access import person_of
from kb.actions import GoldenRegression
from kb.models import Article


class NotUnderstood(Refusal):
    code = "kb.not-understood"
    sentence = _("%(why)s")


def understood(form: forms.Form) -> dict[str, Any]:
    """What was typed. Raises NotUnderstood with everything that is wrong."""
    if form.is_valid():
        return form.cleaned_data
    wrong = [f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
    raise NotUnderstood(why=" ".join(wrong))


def carry_out(
    request: HttpRequest, article: Article, verb: Callable[[], str], *, in_spite: str = ""
) -> HttpResponse:
    """Says what the verb did, or why not, on the page the person came from.

    Who may decide in spite of golden questions is led to where that is done; `in_spite` is the verb's name there.
    """
    try:
        messages.success(request, verb())
    except GoldenRegression as held:
        messages.error(request, str(held))
        if in_spite and person_of(request).may(Permission.KB_OVERRIDE):
            return redirect("kb:golden_override", article.pk, in_spite)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("admin:kb_article_change", args=[article.pk])
    return redirect(back)
