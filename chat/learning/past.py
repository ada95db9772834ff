"""The questions that customers asked the bot, as they asked them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, Subquery

from chat.bot.small_talk import without_greeting
from chat.models import Author, Conversation, Message
from cscore.commerce.models import Product
from kb.answers import Situation
from kb.matching.context import leans

# How many of the newest questions a replay asks.
MOST_ASKED: Final = 5000
# Longer messages are stories: they are read as far as this.
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Asker:
    """What of a customer decides which of an article's answers he is told; empty texts are not known."""

    channel: str = ""
    tier: str = ""
    product: str = ""
    category: str = ""

    def situation(self, at: datetime) -> Situation:
        """The same as the answers take it."""
        return Situation(at, self.channel, self.tier, self.product, self.category)


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """One wording and how often it was asked; `before` is what the customer had said, where the wording needs it.

    `message` is the newest that asks it: texts of customers stay where they are, and are looked up there. `askers`
    says how many of the times, and of the customers, were of each kind.
    """

    text: str
    before: str
    times: int
    customers: int
    message: UUID
    askers: tuple[tuple[Asker, int, int], ...] = ((Asker(), 1, 1),)


@dataclass(slots=True)
class _Group:
    message: UUID
    times: Counter[Asker] = field(default_factory=Counter)
    customers: dict[Asker, set[tuple[int | None, int]]] = field(default_factory=lambda: defaultdict(set))

    def question(self, text: str, before: str) -> PastQuestion:
        everybody = set().union(*self.customers.values())
        askers = tuple((asker, times, len(self.customers[asker])) for asker, times in self.times.items())
        return PastQuestion(text, before, self.times.total(), len(everybody), self.message, askers)


def past_questions(shop_id: int, most: int = MOST_ASKED) -> list[PastQuestion]:
    """The newest questions that the bot looked for among the articles, the same ones counted together. Two queries.

    What the bot settles before it asks the knowledge, such as greetings or an order's number, is not among them.
    """
    before = Message.objects.filter(
        conversation=OuterRef("conversation"), author=Author.CUSTOMER, seq__lt=OuterRef("seq")
    ).order_by("-seq")
    asked = Message.objects.filter(
        conversation__shop=shop_id, author=Author.CUSTOMER, bot_turn__isnull=False
    ).exclude(bot_turn__method="")
    newest = asked.order_by("-at", "-pk").annotate(said_before=Subquery(before.values("body")[:1]))
    rows = newest.select_related("conversation__customer").defer("conversation__bot_memory")[:most]
    groups: dict[tuple[str, str], _Group] = {}
    categories = dict(Product.objects.filter(shop=shop_id).values_list("sku", "category"))
    for row in rows:
        text = row.body.strip()[:LONGEST]
        needed = _before(row) if leans(without_greeting(text)) else ""
        if text:
            group = groups.setdefault((text, needed), _Group(row.pk))
            asker = _asker(row.conversation, categories)
            group.times[asker] += 1
            group.customers[asker].add(_who(row.conversation))
    return [group.question(text, before) for (text, before), group in groups.items()]


def _before(row: Any) -> str:
    return (row.said_before or "").strip()[:LONGEST]


def _asker(conversation: Conversation, categories: Mapping[str, str]) -> Asker:
    product = str(conversation.page.get("product", ""))
    if product not in categories:
        product = ""
    tier = conversation.customer.tier if conversation.customer else ""
    return Asker(conversation.channel, tier, product, categories.get(product, ""))


def _who(conversation: Conversation) -> tuple[int | None, int]:
    customer = conversation.customer_id
    return customer, 0 if customer else conversation.visitor_id
