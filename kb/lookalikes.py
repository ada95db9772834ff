"""Articles of one release that ask nearly what another live article asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from kb import live
from kb.models import Release

# Likeness (1 is the same text) from which two wordings ask the same. In the demo shops' knowledge wordings of
# different articles reach 0.64, and reworded questions with the same words 0.8 and more.
NEARLY_THE_SAME: Final = 0.78
# Reading a wording takes about 10 ms, and somebody waits.
MOST_READ: Final = 100
MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A wording of a published article, and the standard question of another one that is nearly asked by it."""

    wording: str
    question: str

    def __str__(self) -> str:
        sentence = _(
            "“%(wording)s” is nearly what the article “%(question)s” is asked: the bot can hardly tell them apart."
        )
        return sentence % {"wording": self.wording, "question": self.question}


def lookalikes(shop_id: int, release: int) -> list[Lookalike]:
    """For what went live with this release, one for each pair of articles; standard questions are looked at first."""
    knowledge = live.knowledge(shop_id)
    found: dict[tuple[str, str], Lookalike] = {}
    for key, wording in _wordings(shop_id, release):
        alike = {one: how for one, how in knowledge.matcher.likeness(wording).items() if one != key}
        nearest = max(alike, key=lambda one: alike[one], default="")
        other = knowledge.answer(nearest)
        if other and alike[nearest] >= NEARLY_THE_SAME:
            pair = (min(key, nearest), max(key, nearest))
            found.setdefault(pair, Lookalike(wording, other.question))
    return list(found.values())[:MOST_NAMED]


def _wordings(shop_id: int, release: int) -> Iterator[tuple[str, str]]:
    """Keys and wordings of what went live, MOST_READ at most."""
    rows = list(
        Release.objects.filter(shop_id=shop_id, number=release, version__isnull=False)
        .order_by("pk")
        .values_list("article__key", "version__question", "version__phrasings")[:MOST_READ]
    )
    asked = [(key, question) for key, question, _phrasings in rows]
    asked += [(key, phrasing) for key, _question, phrasings in rows for phrasing in phrasings]
    yield from asked[:MOST_READ]
