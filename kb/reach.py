"""Whether the other answers of an article are ever said, in words for whoever writes them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cscore.commerce.models import Product
from kb.answers import Circumstances, OtherAnswer
from kb.answers.circumstances import hidden_by


def notes_on(shop_id: int, others: Sequence[OtherAnswer], at: datetime) -> list[tuple[str, ...]]:
    """For each of the answers what keeps it from being said; two queries at most."""
    all_circumstances = [other.when for other in others]
    known = _known(shop_id, all_circumstances)
    return [tuple(_notes(place, all_circumstances, known, at)) for place in range(len(others))]


def _known(shop_id: int, all_circumstances: Sequence[Circumstances]) -> dict[str, str]:
    """Every product of the shop that may be meant: its category by its SKU."""
    if not any(when.products or when.categories for when in all_circumstances):
        return {}
    return dict(Product.objects.filter(shop=shop_id).values_list("sku", "category"))


def _notes(
    place: int, all_circumstances: Sequence[Circumstances], known: dict[str, str], at: datetime
) -> Iterator[str]:
    when = all_circumstances[place]
    if when.ends and when.have_ended(at):
        yield _("It ended on %(day)s and is not said any more.") % {"day": _day(when.ends)}
    elif when.begins and when.begins > at:
        yield _("It is said from %(day)s on.") % {"day": _day(when.begins)}
    other = hidden_by(all_circumstances, place)
    if other is not None:
        yield _("It is never said: other answer %(number)s is always said before it.") % {"number": other + 1}
    for sku in when.products:
        if sku not in known:
            yield _("The shop has no product %(sku)s.") % {"sku": sku}
    for category in when.categories:
        if category not in known.values():
            yield _("No product is in the category “%(category)s”.") % {"category": category}
    named = [known[sku] for sku in when.products if sku in known]
    if named and when.categories and not set(named) & set(when.categories):
        yield _("It is never said: none of its products is in one of its categories.")


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")
