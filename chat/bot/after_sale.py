"""Returns, exchanges, refunds, damaged and missing goods, lost parcels: order, item and reason, then a ticket."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chat import parts
from chat.bot.after_sale_kind import is_question, requested_kind
from chat.bot.handing_over import HUMAN, hand_over
from chat.bot.knowing import known_answer
from chat.bot.memory import Form
from chat.bot.orders import MOST_ORDERS, PREFIX, order_label
from chat.bot.patterns import CANCEL, plain, said
from chat.bot.photos import NONE, SKIP, photo_in, photo_question, worth_a_photo
from chat.bot.turn import Reply, TicketWish, Turn
from chat.models import HandOffReason
from cscore.commerce.queries import OrderCard, numbers_in
from tickets.queries import TicketCard
from tickets.rules import Kind

ITEM, REASON, STOP = "item:", "reason:", "stop"
REASON_CHARACTERS = 500
MOST_MISSES = 2

# What customers usually say, by kind; who described the damage already is not asked again.
REASONS = {
    Kind.RETURN: (
        gettext_noop("I changed my mind"),
        gettext_noop("Not as described"),
        gettext_noop("Poor quality"),
    ),
    Kind.EXCHANGE: (gettext_noop("Wrong size"), gettext_noop("Wrong colour"), gettext_noop("Poor quality")),
    Kind.REFUND: (
        gettext_noop("I changed my mind"),
        gettext_noop("Never arrived"),
        gettext_noop("Poor quality"),
    ),
}
DESCRIBED = frozenset({Kind.DAMAGED, Kind.MISSING, Kind.LOGISTICS})


def after_sale_request(turn: Turn) -> Reply | None:
    """Starts a form when the customer wants something done about his own goods."""
    kind = None if turn.choice else requested_kind(turn.text)
    if kind is None:
        return None
    form = Form(kind=kind, reason=turn.text[:REASON_CHARACTERS] if kind in DESCRIBED else "")
    named = turn.orders.find(turn.text) if numbers_in(turn.text) else None
    return _next(turn, _with_order(form, named) if named else form)


def running_form(turn: Turn) -> Reply | None:
    """Takes the answer to the question asked last."""
    form = turn.memory.form
    if form is None:
        return None
    if turn.choice == STOP or (not turn.choice and said(CANCEL, plain(turn.text))):
        body = _("All right, nothing was opened. What else can I do?")
        return Reply("after_sale", "stopped", body, memory=turn.memory.after(turn.question))
    if turn.photo and form.field != "photo":
        kept = replace(turn, memory=replace(turn.memory, photo=True))
        return _asked(kept, form, before=_("I have kept your photo; it goes along with your case."))
    if filled := _filled(turn, form):
        return _next(turn, filled)
    return _question_between(turn, form) or _missed(turn, form)


def _filled(turn: Turn, form: Form) -> Form | None:
    match form.field:
        case "order":
            card = turn.orders.find(turn.choice.removeprefix(PREFIX) or turn.text)
            return _with_order(form, card) if card else None
        case "item":
            return _with_item(turn, form)
        case "photo":
            photo = photo_in(turn)
            return replace(form, photo=photo, misses=0) if photo else None
        case _:
            # Who chose the first of the reasons changed his mind: there is nothing to see.
            photo = NONE if turn.choice == f"{REASON}0" else form.photo
            return replace(form, reason=turn.text.strip()[:REASON_CHARACTERS], photo=photo, misses=0)


def _with_order(form: Form, card: OrderCard) -> Form:
    only = card.lines[0].id if len(card.lines) == 1 else None
    return replace(form, order=card.number, order_id=card.id, item_id=only, misses=0)


def _with_item(turn: Turn, form: Form) -> Form | None:
    for line in _order_of(turn, form).lines:
        if turn.choice == f"{ITEM}{line.id}" or (not turn.choice and plain(turn.text) in plain(line.name)):
            return replace(form, item_id=line.id, misses=0)
    return None


def _order_of(turn: Turn, form: Form) -> OrderCard:
    card = turn.orders.by_id(form.order_id)
    if card is None:
        raise LookupError(f"the form's order {form.order_id} is gone")
    return card


def _next(turn: Turn, form: Form) -> Reply:
    """Asks for the first thing still unknown, or opens the ticket."""
    if form.order_id is None:
        return _asked(turn, replace(form, field="order"))
    if form.item_id is None and form.kind != Kind.LOGISTICS and _order_of(turn, form).lines:
        return _asked(turn, replace(form, field="item"))
    if not form.reason:
        return _asked(turn, replace(form, field="reason"))
    if worth_a_photo(form.kind, form.reason) and not form.photo and not turn.memory.photo:
        return _asked(turn, replace(form, field="photo"))
    wish = TicketWish(form.kind, form.reason, told=told, order_id=form.order_id, item_id=form.item_id)
    return Reply("after_sale", "ticket", "", memory=turn.memory.after(turn.question), ticket=wish)


def told(card: TicketCard) -> str:
    """The ticket in words: number, kind, state."""
    return _(
        "I opened %(number)s (%(kind)s) for you. State: %(state)s. You will see every step here in this chat."
    ) % {"number": card.number, "kind": card.kind.label, "state": card.state.label}


def _asked(turn: Turn, form: Form, before: str = "") -> Reply:
    body, options = _question(turn, form)
    block = parts.form(form.field, [*options, (STOP, _("Stop here")), (HUMAN, _("Talk to a person"))])
    body = f"{before}\n\n{body}" if before else body
    return Reply("after_sale", "ask", body, (block,), turn.memory.after(turn.question, form=form))


def _question(turn: Turn, form: Form) -> tuple[str, list[tuple[str, str]]]:
    if form.field == "order":
        recent = turn.orders.recent()[:MOST_ORDERS]
        return _order_question(turn), [(PREFIX + card.number, order_label(card)) for card in recent]
    if form.field == "item":
        lines = _order_of(turn, form).lines
        return _("Which item is it about?"), [(f"{ITEM}{line.id}", line.name) for line in lines]
    if form.field == "photo":
        return photo_question(), [(SKIP, _("Go on without a photo"))]
    reasons = [_(reason) for reason in REASONS.get(Kind(form.kind), ())]
    return _("What is the reason? Choose one or write it in your own words."), [
        (f"{REASON}{number}", reason) for number, reason in enumerate(reasons)
    ]


def _order_question(turn: Turn) -> str:
    if turn.signed_in:
        return _("I will help you with that. Which order is it about? You can also send me its number.")
    return _(
        "I will help you with that. Please send me the order number and the last four digits of the phone number "
        "it was ordered with, or sign in to the shop."
    )


def _question_between(turn: Turn, form: Form) -> Reply | None:
    """A question about the rules in the middle of a form is answered, and the form asked again."""
    if turn.choice or not is_question(turn.text):
        return None
    answer = known_answer(turn)
    if answer is None:
        return None
    again = _asked(turn, form, before=answer.body)
    return replace(answer, body=again.body, parts=answer.parts + again.parts, memory=again.memory)


def _missed(turn: Turn, form: Form) -> Reply:
    if form.field == "photo" and form.misses:
        # A photo helps but is never needed.
        return _next(turn, replace(form, photo=NONE, misses=0))
    form = replace(form, misses=form.misses + 1)
    if form.misses > MOST_MISSES:
        return hand_over(turn, "after_sale", HandOffReason.AFTER_SALE)
    words = {
        1: _("I cannot find that among your orders.")
        if form.field == "order"
        else _("I did not recognise that."),
        2: _("That does not fit either. You can choose below or talk to a person."),
    }
    return _asked(turn, form, before=words[form.misses])
