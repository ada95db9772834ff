"""What an index is made of, and what a reader may see: the rows, always as they are now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from kb.models import Article, ArticleQuerySet, ArticleVersion, Release
from kb.queries import batches
from kb.search.reading import folded, words
from kb.search.terms import Document

_MOST_WORDS: Final = 6


class Audience(StrEnum):
    """Who searches: readers of the help centre, agents (what is live), staff (drafts as well)."""

    READERS = "readers"
    AGENTS = "agents"
    STAFF = "staff"

    @property
    def kind(self) -> str:
        """Which index: of what is live, or of the latest versions."""
        return "latest" if self is Audience.STAFF else "live"


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """Which texts an index was made of. Two databases that count alike still differ in the moment."""

    number: int
    moment: int

    def __str__(self) -> str:
        return f"{self.number:010d}-{self.moment}"


def stamp(shop_id: int, kind: str) -> Stamp:
    """Of what is in the database now: the newest release, or for the latest versions the newest of them."""
    if kind == "live":
        row = Release.objects.filter(shop_id=shop_id).order_by("-number").values_list("number", "at").first()
    else:
        versions = ArticleVersion.objects.filter(article__shop_id=shop_id)
        row = versions.order_by("-pk").values_list("pk", "created_at").first()
    return Stamp(row[0], _moment(row[1])) if row else Stamp(0, 0)


def is_past(shop_id: int, kind: str, old: Stamp) -> bool:
    """Whether the database still knows this stamp; not, when it was put back to a backup."""
    releases = Release.objects.filter(shop_id=shop_id, number=old.number).values_list("at", flat=True)
    versions = ArticleVersion.objects.filter(article__shop_id=shop_id, pk=old.number)
    moments = releases if kind == "live" else versions.values_list("created_at", flat=True)
    return any(_moment(moment) == old.moment for moment in moments.distinct())


def keys_since(shop_id: int, kind: str, old: Stamp) -> list[str]:
    """The articles that have changed."""
    rows = Article.objects.filter(shop_id=shop_id)
    if kind == "live":
        rows = rows.filter(releases__number__gt=old.number)
    else:
        rows = rows.filter(versions__pk__gt=old.number)
    return list(rows.values_list("key", flat=True).distinct())


def documents(shop_id: int, kind: str, keys: Sequence[str] | None = None) -> Iterator[Document]:
    """The texts of these articles, or of all."""
    rows = Article.objects.filter(shop_id=shop_id).order_by("pk")
    for some in [None] if keys is None else batches(keys):
        yield from _documents(rows if some is None else rows.filter(key__in=some), kind)


def count(shop_id: int) -> int:
    """How many articles the shop has."""
    return Article.objects.filter(shop_id=shop_id).count()


def visible(shop_id: int, audience: Audience) -> ArticleQuerySet:
    """What this audience may see of the shop."""
    rows = Article.objects.filter(shop_id=shop_id)
    if audience is Audience.STAFF:
        return rows.filter(latest_version__isnull=False)
    rows = rows.live()
    return rows.filter(in_help_centre=True) if audience is Audience.READERS else rows


def fetched(shop_id: int, audience: Audience, keys: Iterable[str]) -> dict[str, Article]:
    """The articles behind these keys, those alone that the audience may see."""
    version = f"{audience.kind}_version"
    rows = visible(shop_id, audience).select_related("category", version)
    unread = ("phrasings", "answers", "negatives", "negative_keywords", "findings")
    rows = rows.defer(*(f"{version}__{field}" for field in unread))
    return {article.key: article for article in rows.filter(key__in=list(keys))}


def containing(shop_id: int, audience: Audience, text: str, most: int) -> list[str]:
    """Keys of articles that have the words of a text as they are written: a poor search that needs no index."""
    version = f"{audience.kind}_version"
    places = (f"{version}__question", "phrasings_text", f"{version}__answer")
    asked = list(dict.fromkeys([*text.split(), *(word.text for word in words(folded(text)))]))[:_MOST_WORDS]
    anywhere = Q()
    for word in asked:
        for place in places:
            anywhere |= Q(**{f"{place}__icontains": word})
    if not anywhere:
        return []
    rows = (
        visible(shop_id, audience)
        .annotate(phrasings_text=Cast(f"{version}__phrasings", TextField()))
        .filter(anywhere)
        .order_by("pk")
        .values_list("key", *places)
    )
    found = [(_how_often(asked, *texts), key) for key, *texts in rows[: most * 10]]
    return [key for _, key in sorted(found, key=lambda pair: (-pair[0], pair[1]))[:most]]


def _moment(at: datetime) -> int:
    return int(at.timestamp() * 1e6)


def _how_often(asked: Sequence[str], question: str, phrasings: str, answer: str) -> int:
    return sum(4 * (word in question) + 2 * (word in phrasings) + (word in answer) for word in asked)


def _documents(rows: ArticleQuerySet, kind: str) -> Iterator[Document]:
    """Staff find an article by all of its answers; everybody else by the one that everybody may be told."""
    version = f"{kind}_version"
    texts = [f"{version}__{field}" for field in ("question", "phrasings", "answer", "answers")]
    found = rows.filter(**{f"{version}__isnull": False}).values_list("key", *texts)
    for key, question, phrasings, answer, others in found.iterator(chunk_size=500):
        said = [answer, *(other["text"] for other in others)] if kind == "latest" else [answer]
        yield Document(key, question, tuple(phrasings), "\n".join(said))
