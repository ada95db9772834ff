"""Live values in answers: `{order.status}`, or `{customer.name|friend}` with words for when it is not known.

What is not known is never left out: its own fallback or the placeholder's stands there. Values come in as text and
are not read again. `{{` and `}}` are braces; a brace that belongs to no placeholder is one too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Values = Mapping[str, str]
_MARK: Final = re.compile(r"\{\{|\}\}|\{\s*([^{}|\n]{1,60}?)\s*(?:\|([^{}\n]{0,200}))?\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What it stands for, and what is said when that is not known; both in the language active when read."""

    meaning: Promise
    fallback: Promise


PLACEHOLDERS: Final[Mapping[str, Placeholder]] = {
    "customer.name": Placeholder(_("the customer's name"), _("dear customer")),
    "customer.tier": Placeholder(_("the customer's tier"), _("member")),
    "order.number": Placeholder(_("the number of the latest order"), _("your order")),
    "order.status": Placeholder(_("its state"), _("shown under “My orders”")),
    "order.placed_on": Placeholder(_("the day it was placed"), _("the day of your order")),
    "order.total": Placeholder(_("what it costs"), _("the amount shown in the order")),
    "parcel.status": Placeholder(_("the state of its parcel"), _("shown on the order's page")),
    "parcel.carrier": Placeholder(_("the carrier"), _("the carrier")),
    "parcel.number": Placeholder(_("the tracking number"), _("the tracking number shown in the order")),
    "parcel.latest": Placeholder(_("the latest news of the parcel"), _("see the order's page")),
    "product.name": Placeholder(_("the product that is looked at"), _("this product")),
    "product.price": Placeholder(_("its price"), _("the price on the product's page")),
    "product.ships_within": Placeholder(
        _("how soon it ships after payment"), _("the time shown on the product's page")
    ),
    "product.ships_by": Placeholder(
        _("the day by which it ships when ordered now"), _("the day shown on the product's page")
    ),
    "shop.name": Placeholder(_("the shop's name"), _("our shop")),
    "today": Placeholder(_("today's date"), _("today")),
}


def named_in(texts: Iterable[str]) -> Iterator[str]:
    """The name in every placeholder of these texts, known or not."""
    for text in texts:
        yield from (found[1] for found in _MARK.finditer(text) if found[1])


def unknown_in(texts: Iterable[str]) -> Iterator[str]:
    """The names that stand for nothing."""
    return (name for name in named_in(texts) if name not in PLACEHOLDERS)


def filled(text: str, values: Values) -> str:
    """The text with every placeholder replaced by its value or its fallback, and double braces by single ones."""

    def said(found: re.Match[str]) -> str:
        name, fallback = found[1], found[2]
        if name is None:
            return found[0][0]
        if name not in PLACEHOLDERS:
            return found[0]
        value = values.get(name, "").strip()
        return value or (fallback or "").strip() or str(PLACEHOLDERS[name].fallback)

    return _MARK.sub(said, text)
