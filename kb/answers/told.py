"""What one customer is told: the answer that fits, with live values in it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.utils import timezone

from kb.answers.cards import Card, CouponCard, ProductCard
from kb.answers.circumstances import Situation, chosen
from kb.answers.nodes import Node, nodes_of, texts, with_texts
from kb.answers.other import OtherAnswer
from kb.answers.placeholders import Values, filled, named_in
from kb.answers.rich import Rich


@dataclass(frozen=True, slots=True)
class Told:
    """`body` says it in plain text; `nodes` say the same with its form, if it has one.

    `chosen` is 0 for the base answer, else the other answer's place counted from 1.
    """

    body: str
    nodes: tuple[Node, ...] = ()
    cards: tuple[Card, ...] = ()
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A base answer, which always stands, and the others."""

    text: str
    rich: Rich = Rich()
    others: tuple[OtherAnswer, ...] = ()

    def told(self, situation: Situation, look_up: Callable[[frozenset[str]], Values]) -> Told:
        """What is said now; `look_up` is asked for the values of the placeholders in it, if there are any."""
        place = chosen([other.when for other in self.others], situation)
        text, rich = (
            (self.text, self.rich) if place is None else (self.others[place].text, self.others[place].rich)
        )
        cards = tuple(card for card in rich.cards if not _is_over(card, situation.at))
        nodes = nodes_of(rich.html) if rich.html else ()
        names = frozenset(named_in([text, *texts(nodes), *words_of(cards)]))
        fill = partial(filled, values=look_up(names) if names else {})
        return Told(
            fill(text),
            with_texts(nodes, fill),
            tuple(_with_words(card, fill) for card in cards),
            0 if place is None else place + 1,
        )


def words_of(cards: Iterable[Card]) -> Iterator[str]:
    """What the cards say in words."""
    return (card.words for card in cards if not isinstance(card, ProductCard))


def _with_words(card: Card, change: Callable[[str], str]) -> Card:
    return card if isinstance(card, ProductCard) else replace(card, words=change(card.words))


def _is_over(card: Card, at: datetime) -> bool:
    return isinstance(card, CouponCard) and card.ends is not None and card.ends < timezone.localdate(at)
