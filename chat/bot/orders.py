"""Where is my order? Only the customer's own, or one he can prove to be his."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from chat import parts
from chat.bot.after_sale_kind import is_question
from chat.bot.handing_over import HUMAN
from chat.bot.patterns import NOT_WHERE, WHERE_IS_IT, plain, said
from chat.bot.turn import Reply, Turn
from cscore.commerce.models import OrderStatus
from cscore.commerce.queries import OrderCard, numbers_in

PREFIX = "order:"
MOST_ORDERS = 3
UNDER_WAY = frozenset({OrderStatus.PAID, OrderStatus.SHIPPED})


def order_status(turn: Turn) -> Reply | None:
    """The order named in the text or chosen; else the orders to choose from; else how to prove one's own."""
    if turn.choice.startswith(PREFIX):
        card = turn.orders.find(turn.choice.removeprefix(PREFIX))
        return _told(turn, card) if card else _not_found(turn)
    words = plain(turn.text)
    asks = said(WHERE_IS_IT, words) and not said(NOT_WHERE, words)
    named = bool(numbers_in(turn.text))
    if not asks and not (named and (turn.memory.waits_for_order or not is_question(turn.text))):
        return None
    if named and (card := turn.orders.find(turn.text)):
        return _told(turn, card)
    if named and (asks or turn.memory.waits_for_order):
        return _not_found(turn)
    return _which_one(turn) if asks else None


def _told(turn: Turn, card: OrderCard) -> Reply:
    cards = (card.as_part(), *(parcel.as_part() for parcel in card.parcels))
    return Reply("order_status", "answer", order_in_words(card), cards, turn.memory.after(turn.question))


def order_in_words(card: OrderCard) -> str:
    """The order's state, and the last news of each parcel."""
    words = _("Order %(number)s: %(status)s.") % {"number": card.number, "status": card.status.label}
    for parcel in card.parcels:
        words += "\n" + _("%(carrier)s %(number)s: %(status)s.") % {
            "carrier": parcel.carrier,
            "number": parcel.tracking_number,
            "status": parcel.status.label,
        }
        if parcel.events:
            news = parcel.events[0]
            words += " " + " ".join(filter(None, (news.get("place", ""), news.get("text", ""))))
    return words


def _which_one(turn: Turn) -> Reply:
    recent = turn.orders.recent()[:MOST_ORDERS]
    # Nobody asks where a parcel is that he has: what is under way is meant.
    meant = [card for card in recent if card.status in UNDER_WAY] or recent
    if len(meant) == 1:
        return _told(turn, meant[0])
    if meant:
        body = _("Which order do you mean? You can also send me its number.")
        options = [(PREFIX + card.number, order_label(card)) for card in meant]
        block = parts.choices([*options, (HUMAN, _("Talk to a person"))])
        return Reply("order_status", "offer", body, (block,), turn.memory.after(turn.text))
    if turn.signed_in:
        body = _("I find no order under your account. Please send me the order number.")
    else:
        body = _(
            "Please sign in to the shop, or send me the order number and the last four digits of the phone "
            "number it was ordered with."
        )
    return Reply("order_status", "ask", body, memory=turn.memory.after(turn.text, waits_for_order=True))


def _not_found(turn: Turn) -> Reply:
    """The same words for a missing order and somebody else's."""
    body = _("I cannot find this order among yours. Check the number, or sign in to the shop and ask again.")
    block = parts.choices([(HUMAN, _("Talk to a person"))])
    memory = turn.memory.after(turn.text, waits_for_order=True)
    return Reply("order_status", "ask", body, (block,), memory)


def order_label(card: OrderCard) -> str:
    """An order in one line: date, first item, number."""
    first = card.lines[0].name if card.lines else ""
    day = date_format(localtime(card.placed_at), "SHORT_DATE_FORMAT")
    return f"{day} {first} ({card.number})"
