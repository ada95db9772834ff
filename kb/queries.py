"""Reads of the knowledge base: what is live, what changed since a release, which questions are taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from cscore.commerce.models import Shop
from kb.answers import Answer, OtherAnswer, Rich
from kb.matching import ANSWER_PRECISION, OFFER_PRECISION, Entry
from kb.models import Article, ArticleQuerySet, ArticleVersion, KnowledgeBase
from kb.rules import Draft

V = TypeVar("V")

# Below the number of parameters that every SQLite takes in one statement.
BATCH: Final = 500


class Asked(NamedTuple):
    """The share of answers that must be right, and of offers that must hold the right question."""

    answer: float = ANSWER_PRECISION
    offer: float = OFFER_PRECISION


class Edition(NamedTuple):
    """Where a shop's knowledge stands: the release customers must be answered from, the newest one trained, what its
    thresholds must keep, and when it was trained: the same release may be trained again."""

    release: int = 0
    trained: int = 0
    asked: Asked = Asked()
    trained_at: datetime | None = None

    @property
    def training(self) -> tuple[int, datetime | None]:
        """What tells one training from another."""
        return self.trained, self.trained_at


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """What the bot says for an article, and exactly which version that is."""

    key: str
    version_id: int
    version_number: int
    question: str
    answer: str
    rich: Rich = Rich()
    others: tuple[OtherAnswer, ...] = ()
    negative_keywords: tuple[str, ...] = ()
    tell_person: bool = False

    @property
    def whole(self) -> Answer:
        """The base answer and the others, from which one is chosen."""
        return Answer(self.answer, self.rich, self.others)


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

    def with_version(self, version: ArticleVersion) -> "Changes":
        """The same with this version in the place of its article's."""
        others = tuple((answer, entry) for answer, entry in self.live if answer.key != version.article.key)
        return replace(self, live=(*others, served(version)))

    def applied_to(self, answers: Mapping[str, LiveAnswer]) -> Mapping[str, LiveAnswer]:
        """The answers by key as they are after these changes."""
        kept = {key: answer for key, answer in answers.items() if key not in self.withdrawn}
        return MappingProxyType(kept | {answer.key: answer for answer, _entry in self.live})


def edition(shop_id: int) -> Edition:
    """The shop's edition; the first of all for a shop that never published."""
    columns = ("release", "trained_release", "trained_at", "asked_answer", "asked_offer")
    row = KnowledgeBase.objects.filter(shop_id=shop_id).values_list(*columns).first()
    return Edition(row[0], row[1], Asked(*row[3:]), row[2]) if row else Edition()


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
    """Question -> key of an article in use whose latest version asks it."""
    taken: dict[str, str] = {}
    for some in batches(questions):
        rows = Article.objects.filter(shop=shop, latest_version__question__in=some).in_use()
        taken |= dict(rows.values_list("latest_version__question", "key"))
    return taken


def archived_keys(shop: Shop, keys: Iterable[str]) -> frozenset[str]:
    """Those of the keys whose articles are archived."""
    archived = Article.objects.filter(shop=shop).archived().values_list("key", flat=True)
    return frozenset(archived) & frozenset(keys)


def articles_by_key(shop: Shop, keys: Sequence[str]) -> dict[str, Article]:
    """The shop's articles with these keys, their latest text and category at hand."""
    rows = Article.objects.filter(shop=shop).select_related("latest_version", "category")
    found = {article.key: article for some in batches(keys) for article in rows.filter(key__in=some)}
    for article in found.values():
        if article.latest_version:
            article.latest_version.article = article
    return found


def batches(values: Sequence[V]) -> Iterator[Sequence[V]]:
    """The values in pieces that one statement can take."""
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))


def draft_of(version: ArticleVersion) -> Draft:
    """What the version says, in all its parts; the category is the article's own."""
    return Draft(
        version.article.key,
        version.question,
        tuple(version.phrasings),
        version.answer,
        rich=Rich.from_json(version.rich),
        others=tuple(map(OtherAnswer.from_json, version.answers)),
        negatives=tuple(version.negatives),
        negative_keywords=tuple(version.negative_keywords),
        tell_person=version.tell_person,
    )


def served(version: ArticleVersion) -> tuple[LiveAnswer, Entry]:
    """What is told from the version when it is live, and how it is found."""
    key = version.article.key
    entry = Entry(key, version.question, tuple(version.phrasings), version.answer, tuple(version.negatives))
    answer = LiveAnswer(
        key,
        version.pk,
        version.number,
        version.question,
        version.answer,
        Rich.from_json(version.rich),
        tuple(map(OtherAnswer.from_json, version.answers)),
        tuple(version.negative_keywords),
        version.tell_person,
    )
    return answer, entry


def _served(articles: ArticleQuerySet) -> Iterable[tuple[LiveAnswer, Entry]]:
    for article in articles.live().order_by("pk").select_related("live_version"):
        if article.live_version:
            article.live_version.article = article
            yield served(article.live_version)
