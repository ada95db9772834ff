"""The demo's storefronts: pages such as a shop has, with the chat on them. Anybody may be any demo customer."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cscore.commerce import identity
from cscore.commerce.models import Customer, Shop
from cscore.commerce.queries import picture
from cscore.common import clock
from cscore.common.doors import EVERYONE, opens_for
from cscore.common.errors import NotFound
from cscore.demo import files
from kb.models import Article

FEW = 6


@opens_for(EVERYONE)
def front(request: HttpRequest) -> HttpResponse:
    """The demo's shops."""
    shops = [{"shop": shop, **about(shop), "goods": goods(shop)[:3]} for shop in Shop.objects.order_by("pk")]
    return render(request, "demo/front.html", {"shops": shops})


@opens_for(EVERYONE)
@never_cache
def shop(request: HttpRequest, key: str) -> HttpResponse:
    """One storefront, seen by ?as= (a customer's number; none: a stranger) looking at ?item= (an SKU)."""
    shop = Shop.objects.filter(key=key).first()
    if shop is None:
        raise NotFound
    customer = shop.customers.filter(external_id=request.GET.get("as", "")).first()
    products = goods(shop)
    context = {
        "shop": shop,
        **about(shop),
        "products": products,
        "item": next((one for one in products if one["product"].sku == request.GET.get("item")), None),
        "customers": customers(shop),
        "customer": customer,
        "identity": _identity(shop, customer),
        "questions": questions(shop),
    }
    return render(request, "demo/shop.html", context)


def about(shop: Shop) -> dict[str, str]:
    """The shop's motto, where the demo knows one."""
    motto = (row["tagline"] for row in files.rows("shops.json") if row["key"] == shop.key)
    return {"motto": next(motto, "")}


def goods(shop: Shop) -> list[dict[str, Any]]:
    """The shop's products, kept together by category, each with its picture and whether it can be had."""
    products = list(shop.products.prefetch_related("variants").order_by("pk"))
    kinds = list(dict.fromkeys(product.category for product in products))
    return [
        {
            "product": product,
            "picture": picture(product.image),
            "in_stock": any(variant.stock for variant in product.variants.all()),
        }
        for product in sorted(products, key=lambda product: kinds.index(product.category))
    ]


def customers(shop: Shop) -> list[Customer]:
    """Whom one may be, those who bought most first."""
    return list(shop.customers.annotate(bought=Count("orders")).order_by("-bought", "pk"))


def questions(shop: Shop) -> list[str]:
    """What to try, in the shop's own language: the usual ones, then one of each kind of article."""
    with translation.override(shop.language):
        usual = [_("Where is my parcel?"), _("I want to return something"), _("I want to talk to a person")]
    articles = (
        Article.objects.filter(shop=shop).live().select_related("live_version").order_by("category", "pk")
    )
    first_of_kind = {one.category_id: one.live_version for one in reversed(articles) if one.live_version}
    asked = [one.phrasings[0] if one.phrasings else one.question for one in first_of_kind.values()]
    return [*usual[:2], *asked[:FEW], usual[2]]


def _identity(shop: Shop, customer: Customer | None) -> str:
    """What a real shop's server would sign for the customer who is signed in."""
    if customer is None:
        return ""
    return identity.sign(shop=shop, external_id=customer.external_id, at=clock.now())
