"""Photos in a conversation: asked for in a case where one helps, kept wherever they come."""

from django.utils.translation import gettext as _

from chat import parts
from chat.bot.handing_over import HUMAN
from chat.bot.patterns import FAULTY, NO_PHOTO, plain, said
from chat.bot.turn import Reply, Turn
from tickets.rules import Kind

# Of these a photo is asked whatever the reason, of those below when the reason can be seen.
ASKS_FOR_PHOTO = frozenset({Kind.DAMAGED, Kind.MISSING, Kind.RETURN})
ASKS_WHEN_FAULTY = frozenset({Kind.EXCHANGE, Kind.REFUND})
SKIP = "photo:skip"
SENT, NONE = "sent", "none"


def photo_seen(turn: Turn) -> Reply | None:
    """Says what becomes of a photo that nothing asked for; a running form goes on with it."""
    if not turn.photo or turn.memory.form:
        return None
    if turn.case:
        body = _("I have put your photo with %(number)s; whoever works on it sees it there.")
        body %= {"number": turn.case}
        return Reply("photo", "case", body, memory=turn.memory.after(turn.question))
    body = _(
        "I have kept your photo. Tell me in a sentence what it is about, and it goes along with your case."
    )
    memory = turn.memory.after(turn.question, photo=True)
    return Reply("photo", "talk", body, (parts.choices([(HUMAN, _("Talk to a person"))]),), memory)


def photo_in(turn: Turn) -> str:
    """SENT with a photo, NONE when none will come, empty for anything else."""
    if turn.photo:
        return SENT
    none = turn.choice == SKIP or (not turn.choice and said(NO_PHOTO, plain(turn.text)))
    return NONE if none else ""


def worth_a_photo(kind: str, reason: str) -> bool:
    """Whether somebody could see on a photo what is wrong."""
    return kind in ASKS_FOR_PHOTO or (kind in ASKS_WHEN_FAULTY and said(FAULTY, plain(reason)))


def photo_question() -> str:
    return _("Please send a photo of it, so that a colleague sees at once what is wrong.")
