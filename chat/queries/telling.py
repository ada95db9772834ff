"""What the customer of one conversation is told from an article: the answer that fits, with live values in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chat import parts
from chat.models import Conversation
from cscore.commerce import queries as commerce
from cscore.commerce.models import OrderStatus, Product, Tier
from cscore.commerce.queries import OrderCard
from cscore.compliance.queries import find
from cscore.compliance.rules import Scope
from kb.answers import Card, CouponCard, ImageCard, LinkCard, ProductCard, Situation, Told
from kb.queries import LiveAnswer

UNDER_WAY = frozenset({OrderStatus.PAID, OrderStatus.SHIPPED})
ORDERS_READ = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """The words, the parts that stand below them, and which answer it is: 0 for the base answer."""

    body: str
    parts: tuple[dict[str, Any], ...] = ()
    chosen: int = 0


def as_written(answer: LiveAnswer) -> Telling:
    """The base answer word for word, where nobody in particular asks."""
    return Telling(answer.answer)


@dataclass(frozen=True)
class Teller:
    """Tells answers to one customer at one moment, in his language. Looks up only what an answer needs, and once."""

    conversation: Conversation
    at: datetime

    def __call__(self, answer: LiveAnswer) -> Telling:
        """The answer with live values; with none of them when the wording rules forbid what they make of it."""
        with translation.override(self.conversation.locale):
            told, live = self._told(answer)
            if live and self._is_forbidden(told.body):
                told = answer.whole.told(self._situation_for(answer), lambda names: {})
            return Telling(told.body, tuple(self._parts(told)), told.chosen)

    def _told(self, answer: LiveAnswer) -> tuple[Told, bool]:
        asked: list[str] = []

        def look_up(names: frozenset[str]) -> Mapping[str, str]:
            asked.extend(names)
            return {name: VALUES[name](self) for name in names if name in VALUES}

        return answer.whole.told(self._situation_for(answer), look_up), bool(asked)

    def _is_forbidden(self, body: str) -> bool:
        findings = find(text=body, scope=Scope.BOT, shop=self.conversation.shop, at=self.at)
        return any(finding.blocks for finding in findings)

    def _situation_for(self, answer: LiveAnswer) -> Situation:
        return self._situation if answer.others else Situation(self.at)

    @cached_property
    def _situation(self) -> Situation:
        conversation, product = self.conversation, self.product
        return Situation(
            at=self.at,
            channel=conversation.channel,
            tier=conversation.customer.tier if conversation.customer else "",
            product=product.sku if product else "",
            category=product.category if product else "",
        )

    def _parts(self, told: Told) -> Iterator[dict[str, Any]]:
        if told.nodes:
            yield parts.rich(told.body, told.nodes)
        skus = [card.sku for card in told.cards if isinstance(card, ProductCard)]
        rows = Product.objects.filter(shop=self.conversation.shop_id, sku__in=skus) if skus else ()
        products = {row.sku: row for row in rows}
        for card in told.cards:
            if part := _part(card, products):
                yield part

    @cached_property
    def product(self) -> Product | None:
        """The product on whose page the customer asks."""
        sku = self.conversation.page.get("product", "")
        return Product.objects.filter(shop=self.conversation.shop_id, sku=sku).first() if sku else None

    @cached_property
    def order(self) -> OrderCard | None:
        """The customer's own order on whose page he asks; else his newest one under way; else his newest."""
        conversation = self.conversation
        customer = conversation.customer
        if customer is None:
            return None
        named = conversation.page.get("order", "")
        if named and (card := commerce.find_order(conversation.shop, customer, named)):
            return card
        recent = commerce.recent_orders(customer, ORDERS_READ)
        return next((card for card in recent if card.status in UNDER_WAY), recent[0] if recent else None)


def _part(card: Card, products: Mapping[str, Product]) -> dict[str, Any] | None:
    match card:
        case ProductCard(sku):
            product = products.get(sku)
            return parts.product(product) if product else None
        case LinkCard(url, words):
            return parts.link(url, words)
        case CouponCard(code, words, ends):
            return parts.coupon(code, words, ends)
        case ImageCard(url, words):
            return parts.image(url, words)


def _of_customer(teller: Teller) -> str:
    return teller.conversation.customer.name if teller.conversation.customer else ""


def _tier(teller: Teller) -> str:
    customer = teller.conversation.customer
    return str(Tier(customer.tier).label) if customer else ""


def _order(say: Callable[[OrderCard], str]) -> Callable[[Teller], str]:
    return lambda teller: say(teller.order) if teller.order else ""


def _parcel(say: Callable[[commerce.ParcelCard], str]) -> Callable[[Teller], str]:
    """Of the parcel sent last."""
    return _order(lambda order: say(order.parcels[-1]) if order.parcels else "")


def _product(say: Callable[[Product], str]) -> Callable[[Teller], str]:
    return lambda teller: say(teller.product) if teller.product else ""


def _latest(parcel: commerce.ParcelCard) -> str:
    news = parcel.events[0] if parcel.events else {}
    return " ".join(filter(None, (news.get("place", ""), news.get("text", ""))))


def _ships_within(product: Product) -> str:
    hours = product.ships_within_hours
    return "" if hours is None else ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def _ships_by(teller: Teller) -> str:
    hours = teller.product.ships_within_hours if teller.product else None
    return "" if hours is None else _day(teller.at + timedelta(hours=hours))


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "MONTH_DAY_FORMAT")


# Where every placeholder of kb.answers.placeholders gets its value.
VALUES: Mapping[str, Callable[[Teller], str]] = {
    "customer.name": _of_customer,
    "customer.tier": _tier,
    "order.number": _order(lambda order: order.number),
    "order.status": _order(lambda order: str(order.status.label)),
    "order.placed_on": _order(lambda order: _day(order.placed_at)),
    "order.total": _order(lambda order: _("¥%(amount)s") % {"amount": order.total}),
    "parcel.status": _parcel(lambda parcel: str(parcel.status.label)),
    "parcel.carrier": _parcel(lambda parcel: parcel.carrier),
    "parcel.number": _parcel(lambda parcel: parcel.tracking_number),
    "parcel.latest": _parcel(_latest),
    "product.name": _product(lambda product: product.name),
    "product.price": _product(lambda product: _("¥%(amount)s") % {"amount": product.price}),
    "product.ships_within": _product(_ships_within),
    "product.ships_by": _ships_by,
    "shop.name": lambda teller: teller.conversation.shop.name,
    "today": lambda teller: date_format(localtime(teller.at), "DATE_FORMAT"),
}
