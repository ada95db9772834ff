"""What every API shares: the shape of what comes in, of refusals, and of pages. Who calls is cscore.commerce.api."""

from cscore.common.api.parsing import LARGEST_BODY, BoundedJson, bounded
from cscore.common.api.refusing import REFUSED, Invalid, TooMuch, TooOften, refused
from cscore.common.api.shapes import Page, Strict, Text, Word, checked, page_of, paged

__all__ = [
    "LARGEST_BODY",
    "REFUSED",
    "BoundedJson",
    "Invalid",
    "Page",
    "Strict",
    "Text",
    "TooMuch",
    "TooOften",
    "Word",
    "bounded",
    "checked",
    "page_of",
    "paged",
    "refused",
]
