"""Wordings of one article that ask nearly what another live article asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from kb import live
from kb.live import Knowledge
from kb.models import ArticleVersion, Release

# Likeness (1 is the same text) from which two wordings ask the same. In the demo shops' knowledge wordings of
# different articles reach 0.64, and reworded questions with the same words 0.8 and more.
NEARLY_THE_SAME: Final = 0.78
# Reading a wording takes about 10 ms, and somebody waits.
MOST_READ: Final = 100
MOST_NAMED: Final = 5

Worded = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A wording of the article `key`, and the standard question of the article `other` that it nearly asks."""

    key: str
    wording: str
    other: str
    question: str
    likeness: float

    def __str__(self) -> str:
        sentence = _(
            "“%(wording)s” is nearly what the article “%(question)s” is asked: the bot can hardly tell them apart."
        )
        return sentence % {"wording": self.wording, "question": self.question}


def lookalikes(shop_id: int, release: int) -> list[Lookalike]:
    """For what went live with this release, one for each pair of articles; standard questions are looked at first."""
    rows = Release.objects.filter(shop_id=shop_id, number=release, version__isnull=False)
    texts = rows.order_by("pk").values_list("article__key", "version__question", "version__phrasings")
    return alike(live.knowledge(shop_id), wordings(texts[:MOST_READ]))


def of_versions(knowledge: Knowledge, versions: Iterable[ArticleVersion]) -> list[Lookalike]:
    """For versions whether they are live or not; their articles and each other are looked at as `knowledge` has them."""
    texts = ((version.article.key, version.question, version.phrasings) for version in versions)
    return alike(knowledge, wordings(texts))


def wordings(texts: Iterable[tuple[str, str, list[str]]]) -> Iterator[Worded]:
    """Keys and wordings of (key, question, phrasings): all the questions first."""
    rows = list(texts)
    yield from ((key, question) for key, question, _phrasings in rows)
    yield from ((key, phrasing) for key, _question, phrasings in rows for phrasing in phrasings)


def alike(knowledge: Knowledge, worded: Iterable[Worded]) -> list[Lookalike]:
    """The nearest other article of each wording, if it is near: one for each pair, of the first MOST_READ wordings."""
    found: dict[tuple[str, str], Lookalike] = {}
    for _place, (key, wording) in zip(range(MOST_READ), worded, strict=False):
        likeness = {one: how for one, how in knowledge.matcher.likeness(wording).items() if one != key}
        nearest = max(likeness, key=lambda one: likeness[one], default="")
        other = knowledge.answer(nearest)
        if other and likeness[nearest] >= NEARLY_THE_SAME:
            pair = (min(key, nearest), max(key, nearest))
            found.setdefault(pair, Lookalike(key, wording, nearest, other.question, likeness[nearest]))
    return list(found.values())[:MOST_NAMED]
