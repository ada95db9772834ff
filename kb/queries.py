"""Reads of the knowledge base: what is live, what changed since a release, which questions are taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from cscore.commerce.models import Shop
from kb.matching import ANSWER_PRECISION, OFFER_PRECISION, Entry
from kb.models import Article, ArticleQuerySet, KnowledgeBase

V = TypeVar("V")

# Below the number of parameters that every SQLite takes in one statement.
BATCH: Final = 500


class Asked(NamedTuple):
    """The share of answers that must be right, and of offers that must hold the right question."""

    answer: float = ANSWER_PRECISION
    offer: float = OFFER_PRECISION


class Edition(NamedTuple):
    """Where a shop's knowledge stands: the release customers must be answered from, the newest one trained, and
    what its thresholds must keep."""

    release: int = 0
    trained: int = 0
    asked: Asked = Asked()


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """What the bot says for an article, and exactly which version that is."""

    key: str
    version_id: int
    version_number: int
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Named:
    """A live article; `id` leads to its page."""

    id: int
    key: str
    question: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is served differently since some release: answers with the entries that find them, keys withdrawn."""

    live: tuple[tuple[LiveAnswer, Entry], ...]
    withdrawn: frozenset[str] = frozenset()

    @property
    def entries(self) -> list[Entry]:
        """What a matcher must learn."""
        return [entry for _answer, entry in self.live]

    def applied_to(self, answers: Mapping[str, LiveAnswer]) -> Mapping[str, LiveAnswer]:
        """The answers by key as they are after these changes."""
        kept = {key: answer for key, answer in answers.items() if key not in self.withdrawn}
        return MappingProxyType(kept | {answer.key: answer for answer, _entry in self.live})


def edition(shop_id: int) -> Edition:
    """The shop's edition; the first of all for a shop that never published."""
    columns = ("release", "trained_release", "asked_answer", "asked_offer")
    row = KnowledgeBase.objects.filter(shop_id=shop_id).values_list(*columns).first()
    return Edition(row[0], row[1], Asked(*row[2:])) if row else Edition()


def live_now(shop_id: int) -> Changes:
    """Everything that is live, as if nothing had been before."""
    return Changes(tuple(_served(Article.objects.filter(shop_id=shop_id))))


def changes_since(shop_id: int, release: int) -> Changes:
    """What became different after `release`, as it is now."""
    moved = Article.objects.filter(shop_id=shop_id, releases__number__gt=release).distinct()
    keys = list(moved.values_list("key", flat=True))
    live: list[tuple[LiveAnswer, Entry]] = []
    for some in batches(keys):
        live.extend(_served(Article.objects.filter(shop_id=shop_id, key__in=some)))
    return Changes(tuple(live), frozenset(keys) - {answer.key for answer, _entry in live})


def named(shop_id: int) -> dict[str, Named]:
    """Every live article of the shop by its key."""
    rows = Article.objects.filter(shop_id=shop_id).live().values_list("pk", "key", "live_version__question")
    return {key: Named(pk, key, question) for pk, key, question in rows}


def taken_questions(shop: Shop, questions: Sequence[str]) -> dict[str, str]:
    """Question -> key of an article whose latest version asks it."""
    taken: dict[str, str] = {}
    for some in batches(questions):
        rows = Article.objects.filter(shop=shop, latest_version__question__in=some)
        taken |= dict(rows.values_list("latest_version__question", "key"))
    return taken


def articles_by_key(shop: Shop, keys: Sequence[str]) -> dict[str, Article]:
    """The shop's articles with these keys, their latest text and category at hand."""
    rows = Article.objects.filter(shop=shop).select_related("latest_version", "category")
    return {article.key: article for some in batches(keys) for article in rows.filter(key__in=some)}


def batches(values: Sequence[V]) -> Iterator[Sequence[V]]:
    """The values in pieces that one statement can take."""
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))


def _served(articles: ArticleQuerySet) -> Iterable[tuple[LiveAnswer, Entry]]:
    texts = ("live_version__question", "live_version__answer", "live_version__phrasings")
    rows = articles.live().order_by("pk").values_list("key", "live_version", "live_version__number", *texts)
    for key, version, number, question, answer, phrasings in rows:
        entry = Entry(key, question, tuple(phrasings), answer)
        yield LiveAnswer(key, version, number, question, answer), entry
