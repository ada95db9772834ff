"""How articles of a shop go live and grow stale."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.commerce.tenancy import reach
from cscore.common import clock
from cscore.common.doors import opens_for
from kb import access, actions
from kb.forms.workflow import PublishingRulesForm
from kb.models import KnowledgeBase


@opens_for(Permission.KB_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_rules(request: HttpRequest) -> HttpResponse:
    """One form for each of the person's shops."""
    person = access.person_of(request)
    sent = None
    if request.method == "POST":
        shop = reach(Shop.objects.all(), person, key=request.POST.get("shop", ""))
        sent = _form(shop, request)
        if sent.is_valid():
            actions.set_publishing_rules(shop=shop, by=person, at=clock.now(), **sent.cleaned_data)
            messages.success(request, _("%(shop)s: kept, and in force at once.") % {"shop": shop})
            return redirect("kb:publishing_rules")
    context = admin.site.each_context(request) | {
        "title": gettext_lazy("Publishing rules"),
        "forms": _forms(person, sent),
    }
    return render(request, "kb/publishing_rules.html", context)


def _forms(person: User, sent: PublishingRulesForm | None) -> list[PublishingRulesForm]:
    shops = Shop.objects.for_shops_of(person).order_by("name", "pk")
    bases = KnowledgeBase.objects.filter(shop__in=shops).in_bulk(field_name="shop_id")
    forms = []
    for shop in shops:
        base = bases.get(shop.pk) or KnowledgeBase()
        base.shop = shop
        is_sent = sent is not None and sent.instance.shop_id == shop.pk
        forms.append(sent if is_sent and sent else PublishingRulesForm(instance=base, prefix=shop.key))
    return forms


def _form(shop: Shop, request: HttpRequest) -> PublishingRulesForm:
    base = KnowledgeBase.objects.filter(shop=shop).first() or KnowledgeBase(shop=shop)
    return PublishingRulesForm(request.POST, instance=base, prefix=shop.key)
