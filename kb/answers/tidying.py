"""Brings an answer's words and form together: one Unicode form, safe HTML, the words that the HTML says."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from kb.answers.cards import Card, CouponCard, ImageCard, LinkCard, ProductCard
from kb.answers.circumstances import Circumstances
from kb.answers.nodes import html_of, is_formless, nodes_of, plain_text
from kb.answers.other import OtherAnswer
from kb.answers.rich import Rich


def plain(text: str) -> str:
    """The text in one Unicode form, without outer space, its lines ended in one way."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def lines(several: Iterable[str]) -> tuple[str, ...]:
    """The same for several texts, without blank ones and those said twice."""
    return tuple(line for line in dict.fromkeys(map(plain, several)) if line)


def tidied_form(text: str, rich: Rich | None) -> tuple[str, Rich | None]:
    """The words and the form of an answer: where there is HTML, the words are its words."""
    if rich is None:
        return plain(text), None
    rich = Rich(cards=tuple(map(_tidied_card, rich.cards)), html=unicodedata.normalize("NFC", rich.html))
    if not rich.html.strip():
        return plain(text), replace(rich, html="")
    nodes = nodes_of(rich.html)
    return plain(plain_text(nodes)), replace(rich, html="" if is_formless(nodes) else html_of(nodes))


def tidied_other(other: OtherAnswer) -> OtherAnswer:
    """Another answer the same way."""
    text, rich = tidied_form(other.text, other.rich)
    when = other.when
    return OtherAnswer(
        text,
        Circumstances(
            lines(when.products),
            lines(when.categories),
            lines(when.tiers),
            lines(when.channels),
            when.begins,
            when.ends,
        ),
        rich or Rich(),
    )


def _tidied_card(card: Card) -> Card:
    match card:
        case ProductCard(sku):
            return ProductCard(plain(sku))
        case CouponCard(code, words, ends):
            return CouponCard(plain(code), plain(words), ends)
        case LinkCard(url, words):
            return LinkCard(plain(url), plain(words))
        case ImageCard(url, words):
            return ImageCard(plain(url), plain(words))
