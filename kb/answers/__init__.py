"""What an answer may be: its form, its other wordings, when each is said. Pure: values in, values out."""

from kb.answers.cards import Card, CouponCard, ImageCard, LinkCard, ProductCard
from kb.answers.circumstances import Circumstances, Situation
from kb.answers.other import OtherAnswer
from kb.answers.rich import Rich
from kb.answers.told import Answer, Told

__all__ = [
    "Answer",
    "Card",
    "Circumstances",
    "CouponCard",
    "ImageCard",
    "LinkCard",
    "OtherAnswer",
    "ProductCard",
    "Rich",
    "Situation",
    "Told",
]
