"""Circumstances, cards and other answers as lines of text: on pages, in differences, in spreadsheets' previews."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cscore.commerce.models import Channel, Tier
from kb.answers import (
    Card,
    Circumstances,
    CouponCard,
    ImageCard,
    LinkCard,
    OtherAnswer,
    ProductCard,
    Rich,
)
from kb.rules import Draft


def when_in_words(when: Circumstances) -> str:
    """All circumstances in one line."""
    return "; ".join(_named(when))


def other_in_words(other: OtherAnswer) -> str:
    """When it is said, what is said, and the cards below."""
    return "\n".join((f"[{when_in_words(other.when)}]", other.text, *cards_in_words(other.rich.cards)))


def cards_in_words(cards: Iterable[Card]) -> Iterator[str]:
    """A line for each card."""
    return map(_card, cards)


def parts_in_lines(draft: Draft) -> dict[str, tuple[str, ...]]:
    """What an article says besides question, phrasings and words of the base answer: each part's name and lines."""
    rich = draft.rich or Rich()
    return {
        _("Form"): (rich.html,) if rich.html else (),
        _("Cards"): tuple(cards_in_words(rich.cards)),
        _("Other answers"): tuple(map(other_in_words, draft.others or ())),
        _("Wordings that ask something else"): draft.negatives or (),
        _("Negative keywords"): draft.negative_keywords or (),
        _("A person is told too"): (_("yes"),) if draft.tell_person else (),
    }


def _named(when: Circumstances) -> Iterator[str]:
    listed = (
        (_("products"), when.products),
        (_("product categories"), when.categories),
        (_("tiers"), [_label(Tier, tier) for tier in when.tiers]),
        (_("channels"), [_label(Channel, channel) for channel in when.channels]),
    )
    for name, values in listed:
        if values:
            yield f"{name}: {', '.join(values)}"
    if when.begins:
        yield _("from %(moment)s") % {"moment": _moment(when.begins)}
    if when.ends:
        yield _("until %(moment)s") % {"moment": _moment(when.ends)}


def _label(choices: type[Channel] | type[Tier], value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _card(card: Card) -> str:
    match card:
        case ProductCard(sku):
            return _("Product: %(sku)s") % {"sku": sku}
        case LinkCard(url, words):
            return _("Link: %(words)s (%(url)s)") % {"words": words, "url": url}
        case CouponCard(code, words, None):
            return _("Coupon: %(code)s, %(words)s") % {"code": code, "words": words}
        case CouponCard(code, words, ends):
            told = {"code": code, "words": words, "day": ends}
            return _("Coupon: %(code)s, %(words)s, until %(day)s") % told
        case ImageCard(url, words):
            return _("Picture: %(words)s (%(url)s)") % {"words": words, "url": url}


def _moment(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}"
