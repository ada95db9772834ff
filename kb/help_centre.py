"""What a reader of the help centre sees: articles that are live and shown there, told as to a stranger on the web."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from cscore.commerce.models import Channel, Product, Shop
from cscore.commerce.queries import picture
from cscore.common.errors import NotFound
from kb.answers import Answer, Card, OtherAnswer, ProductCard, Rich, Situation, Told
from kb.answers.nodes import is_link
from kb.models import Article, ArticleQuerySet, ArticleVersion, Category, HelpView, HelpVote
from kb.search import Audience, Hit, search
from kb.search.sources import visible

READ_MOST: Final = 8
RELATED: Final = 4
FIGURE_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category and how many articles stand in it."""

    id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ShownCard:
    """What stands below an answer; only what its kind has is set."""

    kind: str
    title: str
    address: str = ""
    picture: str = ""
    price: str = ""
    code: str = ""
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One article as it is read."""

    article: Article
    version: ArticleVersion
    told: Told
    cards: tuple[ShownCard, ...]
    related: tuple[Hit, ...]
    vote: bool | None


@dataclass(frozen=True, slots=True)
class HelpFigures:
    """What readers of the help centre did with an article, over the last 30 days."""

    opened: int = 0
    helpful: int = 0
    not_helpful: int = 0


def shop_of(key: str) -> Shop:
    """Raises NotFound."""
    shop = Shop.objects.filter(key=key).first()
    if shop is None:
        raise NotFound
    return shop


def shelves(shop: Shop) -> list[Shelf]:
    """The categories that have something to read, by name."""
    shown = Q(articles__live_version__isnull=False, articles__in_help_centre=True)
    rows = Category.objects.filter(shop=shop).annotate(count=Count("articles", filter=shown))
    return [
        Shelf(pk, name, count)
        for pk, name, count in rows.filter(count__gt=0).order_by("name").values_list("pk", "name", "count")
    ]


def articles_of(shop: Shop, category_id: int | None = None) -> ArticleQuerySet:
    """What can be read, by question; of one category, if one is given."""
    rows = visible(shop.pk, Audience.READERS).select_related("live_version")
    rows = rows if category_id is None else rows.filter(category_id=category_id)
    return rows.order_by("live_version__question", "pk")


def read_most(shop: Shop, today: date) -> list[Article]:
    """What was opened most in the last 30 days; the newest fill the places that are left."""
    recent = Q(help_views__day__gt=today - timedelta(days=FIGURE_DAYS))
    rows = (
        visible(shop.pk, Audience.READERS)
        .select_related("live_version", "category")
        .annotate(opened=Coalesce(Sum("help_views__count", filter=recent), 0))
        .order_by("-opened", F("published_at").desc(), "pk")
    )
    return list(rows[:READ_MOST])


def help_page(shop: Shop, key: str, voter: str, at: datetime) -> HelpPage:
    """The article, told now, with the reader's own verdict. Raises NotFound alike for missing and hidden."""
    rows = visible(shop.pk, Audience.READERS).select_related("live_version", "category")
    article = rows.filter(key=key).first()
    if article is None or (version := article.live_version) is None:
        raise NotFound
    told = told_to_a_stranger(version, shop, at)
    return HelpPage(
        article=article,
        version=version,
        told=told,
        cards=_shown(told.cards, shop),
        related=_related(shop, article, version.question),
        vote=HelpVote.objects.filter(version=version, voter=voter).values_list("helpful", flat=True).first()
        if voter
        else None,
    )


def told_to_a_stranger(version: ArticleVersion, shop: Shop, at: datetime) -> Told:
    """What the bot would say to somebody of whom nothing is known."""
    others = tuple(map(OtherAnswer.from_json, version.answers))
    answer = Answer(version.answer, Rich.from_json(version.rich), others)
    known = {"shop.name": shop.name}
    return answer.told(Situation(at, Channel.WEB), lambda _names: known)


def figures_of(article_ids: list[int], at: datetime) -> Mapping[int, HelpFigures]:
    """By article. Two queries."""
    since = timezone.localdate(at) - timedelta(days=FIGURE_DAYS)
    views = HelpView.objects.filter(article__in=article_ids, day__gt=since).order_by()
    opened = dict(views.values_list("article").annotate(opened=Sum("count")))
    votes = HelpVote.objects.filter(article__in=article_ids, at__gt=at - timedelta(days=FIGURE_DAYS))
    yes, no = (Count("pk", filter=Q(helpful=helpful)) for helpful in (True, False))
    sides = {row[0]: row[1:] for row in votes.order_by().values_list("article").annotate(yes=yes, no=no)}
    return {
        article: HelpFigures(opened.get(article, 0), *sides.get(article, (0, 0))) for article in article_ids
    }


def _related(shop: Shop, article: Article, question: str) -> tuple[Hit, ...]:
    hits = search(shop.pk, question, RELATED + 1).hits
    return tuple(hit for hit in hits if hit.article != article)[:RELATED]


def _shown(cards: tuple[Card, ...], shop: Shop) -> tuple[ShownCard, ...]:
    skus = [card.sku for card in cards if isinstance(card, ProductCard)]
    rows = Product.objects.filter(shop=shop, sku__in=skus) if skus else ()
    products = {row.sku: row for row in rows}
    shown = (_shown_card(card, products) for card in cards)
    return tuple(card for card in shown if card)


def _shown_card(card: Card, products: Mapping[str, Product]) -> ShownCard | None:
    """None for a product that the shop does not have any more."""
    if isinstance(card, ProductCard):
        product = products.get(card.sku)
        if product is None:
            return None
        price = f"{product.price:f}"
        page = product.page if is_link(product.page) else ""
        return ShownCard("product", product.name, page, picture(product.image), price)
    ends, words = getattr(card, "ends", None), card.words
    address, code = getattr(card, "url", ""), getattr(card, "code", "")
    kind = "coupon" if code else type(card).__name__.removesuffix("Card").lower()
    return ShownCard(kind, words, address, address if kind == "image" else "", code=code, ends=ends)
