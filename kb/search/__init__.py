"""People's search in articles: for readers of the help centre, agents and staff.

An index finds keys; what is shown comes from the database each time, so an index that is behind hides nothing that
was published elsewhere for longer than it takes to make the next one, and never shows what was withdrawn.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kb.answers.placeholders import filled
from kb.models import Article, ArticleVersion
from kb.search import sources
from kb.search.marking import Marker, Piece
from kb.search.opened import Found, Opened, Wanted, wanted
from kb.search.reading import folded, words
from kb.search.shelves import shelf
from kb.search.sources import Audience
from kb.search.spelling import correction

__all__ = ["LONGEST_TEXT", "Audience", "Hit", "Piece", "Results", "search", "shelf"]

LONGEST_TEXT: Final = 100
_CANDIDATES: Final = 200
# Words that were probably meant, beside those that were typed.
_MEANT_COUNTS: Final = 0.8

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that fits, `version` being what this audience reads of it; the pieces are plain text."""

    article: Article
    version: ArticleVersion
    question: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    score: float

    @property
    def key(self) -> str:
        return self.article.key


@dataclass(frozen=True, slots=True)
class Results:
    """The best first. `did_you_mean` is "" or another text to ask; `took` is in seconds.

    `indexed` is False when there was no index and only literal words could be found.
    """

    hits: tuple[Hit, ...] = ()
    did_you_mean: str = ""
    took: float = 0.0
    indexed: bool = True


def search(shop_id: int, text: str, limit: int, *, audience: Audience = Audience.READERS) -> Results:
    """The shop's articles about a text, at most `limit`. Answers whatever has become of the index."""
    began = time.perf_counter()
    text = " ".join(text[:LONGEST_TEXT].split())
    if not folded(text).strip():
        return Results()
    try:
        opened = shelf.index(shop_id, audience.kind)
        if opened is not None:
            return _by_index(shop_id, text, limit, audience, opened, began)
    except Exception:
        # Whatever is wrong with the index or its disk, people still find something.
        log.exception("Shop %s: the search index cannot be used.", shop_id)
        shelf.distrust(shop_id, audience.kind)
    return _by_words(shop_id, text, limit, audience, began)


def _by_index(
    shop_id: int, text: str, limit: int, audience: Audience, opened: Opened, began: float
) -> Results:
    meant = correction(opened, text)
    asked = wanted(opened, text)
    if meant:
        asked += [replace(one, counts=one.counts * _MEANT_COUNTS) for one in wanted(opened, meant)]
    marker = Marker(asked, opened)
    found = opened.find(asked, limit)
    hits = _hits(shop_id, audience, found, marker)
    if len(hits) < limit == len(found):
        # Some are not for this audience, or no longer live: look further down.
        hits = _hits(shop_id, audience, opened.find(asked, _CANDIDATES), marker)[:limit]
    return Results(hits, meant, time.perf_counter() - began)


def _by_words(shop_id: int, text: str, limit: int, audience: Audience, began: float) -> Results:
    keys = sources.containing(shop_id, audience, text, limit)
    asked = [Wanted({word.text: 1.0}) for word in words(folded(text))]
    found = [Found(key, 1 / (1 + place)) for place, key in enumerate(keys)]
    hits = _hits(shop_id, audience, found, Marker(asked))
    return Results(hits, took=time.perf_counter() - began, indexed=False)


def _hits(shop_id: int, audience: Audience, found: Sequence[Found], marker: Marker) -> tuple[Hit, ...]:
    """Those that the audience may see, as they are now. One query."""
    articles = sources.fetched(shop_id, audience, [one.key for one in found])
    shown = ((articles[one.key], one.score) for one in found if one.key in articles)
    return tuple(_hit(article, audience, score, marker) for article, score in shown)


def _hit(article: Article, audience: Audience, score: float, marker: Marker) -> Hit:
    version = article.latest_version if audience is Audience.STAFF else article.live_version
    if version is None:
        raise ValueError("An article without the version it was chosen for.")
    # Staff read what was written; customers and agents what is said when nothing is known of the customer.
    answer = version.answer if audience is Audience.STAFF else filled(version.answer, {})
    return Hit(article, version, marker.pieces(version.question), marker.snippet(answer), score)
