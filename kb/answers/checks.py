"""What keeps an answer's form, cards and placeholders from being saved."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from cscore.commerce.models import Channel, Tier
from cscore.common.errors import Refusal
from kb.answers.cards import Card, CouponCard, ImageCard, LinkCard, ProductCard
from kb.answers.nodes import addresses, is_link, is_picture, nodes_of, texts
from kb.answers.other import OtherAnswer
from kb.answers.placeholders import named_in, unknown_in
from kb.answers.rich import Rich
from kb.answers.told import words_of

MOST_CARDS: Final = 6
LONGEST_FORM: Final = 20_000
LONGEST_WORDS: Final = 120
LONGEST_ADDRESS: Final = 500
MOST_NAMED: Final = 100


class AnswerTooLong(Refusal):
    code = "kb.answer-too-long"
    sentence = _("The answer has more than %(most)s characters.")


class FormTooLong(Refusal):
    code = "kb.form-too-long"
    sentence = _("The answer's form takes more than %(most)s characters: leave some of it away.")


class UnknownPlaceholder(Refusal):
    code = "kb.unknown-placeholder"
    sentence = _("“{%(name)s}” stands for nothing. Write {{ and }} for braces that customers should see.")


class SplitPlaceholder(Refusal):
    code = "kb.split-placeholder"
    sentence = _("A placeholder must be all in one form: no bold, link or line break inside its braces.")


class PlaceholderInAddress(Refusal):
    code = "kb.placeholder-in-address"
    sentence = _("Addresses take no placeholders: %(address)s")


class TooManyCards(Refusal):
    code = "kb.too-many-cards"
    sentence = _("An answer takes at most %(most)s cards.")


class BadCard(Refusal):
    code = "kb.bad-card"
    sentence = _(
        "A card needs all its fields, in at most %(most)s characters each: a product its SKU, a coupon its code and "
        "words, a link or picture its address and words."
    )


class BadAddress(Refusal):
    code = "kb.bad-address"
    sentence = _(
        "Links begin with https://, tel: or mailto:, pictures with https://, /static/ or /media/: %(address)s"
    )


class NothingToSay(Refusal):
    code = "kb.nothing-to-say"
    sentence = _("The text is missing.")


class EndsBeforeBeginning(Refusal):
    code = "kb.ends-before-beginning"
    sentence = _("It ends before it begins.")


class WithoutCircumstances(Refusal):
    code = "kb.without-circumstances"
    sentence = _("Say when it is given: without circumstances it would replace the base answer.")


class UnknownCircumstance(Refusal):
    code = "kb.unknown-circumstance"
    sentence = _("“%(value)s” is no channel and no customer tier.")


class TooManyNamed(Refusal):
    code = "kb.too-many-named"
    sentence = _("It names more than %(most)s products or categories.")


class OtherAnswerRefused(Refusal):
    """`reason` is the code of what is wrong with it."""

    code = "kb.other-answer"
    sentence = _("Other answer %(number)s: %(why)s")


def form_refused(text: str, rich: Rich) -> Iterator[Refusal]:
    """What is wrong with the words and form of one answer."""
    nodes = nodes_of(rich.html) if rich.html else ()
    if len(rich.html) > LONGEST_FORM:
        yield FormTooLong(most=LONGEST_FORM)
    for name in dict.fromkeys(unknown_in([text, *words_of(rich.cards)])):
        yield UnknownPlaceholder(name=name)
    if nodes and list(named_in([text])) != list(named_in(texts(nodes))):
        yield SplitPlaceholder()
    for address in addresses(nodes):
        if any(named_in([address])):
            yield PlaceholderInAddress(address=address[:60])
    if len(rich.cards) > MOST_CARDS:
        yield TooManyCards(most=MOST_CARDS)
    for card in rich.cards:
        yield from _card_refused(card)


def others_refused(others: Sequence[OtherAnswer], longest: int) -> Iterator[OtherAnswerRefused]:
    """What is wrong with the other answers, each of at most so many characters."""
    for number, other in enumerate(others, start=1):
        for refusal in _other_refused(other, longest):
            yield OtherAnswerRefused(number=number, why=str(refusal), reason=refusal.code)


def _other_refused(other: OtherAnswer, longest: int) -> Iterator[Refusal]:
    when = other.when
    if not other.text:
        yield NothingToSay()
    if len(other.text) > longest:
        yield AnswerTooLong(most=longest)
    if not any(when.weight):
        yield WithoutCircumstances()
    if when.begins and when.ends and when.ends <= when.begins:
        yield EndsBeforeBeginning()
    for value in (*(set(when.channels) - set(Channel.values)), *(set(when.tiers) - set(Tier.values))):
        yield UnknownCircumstance(value=value[:60])
    if max(len(when.products), len(when.categories)) > MOST_NAMED:
        yield TooManyNamed(most=MOST_NAMED)
    yield from form_refused(other.text, other.rich)


def _card_refused(card: Card) -> Iterator[Refusal]:
    match card:
        case ProductCard(sku):
            yield from _unfit([sku])
        case CouponCard(code, words):
            yield from _unfit([code, words])
        case LinkCard(url, words):
            yield from _unfit([url[:LONGEST_WORDS], words])
            yield from () if _is_short(url) and is_link(url) else (BadAddress(address=url[:60]),)
        case ImageCard(url, words):
            yield from _unfit([url[:LONGEST_WORDS], words])
            yield from () if _is_short(url) and is_picture(url) else (BadAddress(address=url[:60]),)


def _unfit(texts: Iterable[str]) -> Iterator[Refusal]:
    if not all(0 < len(text) <= LONGEST_WORDS for text in texts):
        yield BadCard(most=LONGEST_WORDS)


def _is_short(address: str) -> bool:
    return len(address) <= LONGEST_ADDRESS
