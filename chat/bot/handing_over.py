"""When the bot gives the conversation to people, and how it says so."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chat.bot.patterns import AROUND_PERSON, NO_WORDS, NOT_PERSON, PERSON, plain, said
from chat.bot.turn import Reply, TicketWish, Turn
from chat.models import HandOffReason
from kb.matching import Match
from tickets.queries import TicketCard
from tickets.rules import Kind

HUMAN = "human"
REASON_CHARACTERS = 200
# From here on nothing the bot could do comes first.
OPEN_ANGER = 0.9

# How the bot begins, by why it hands over.
BECAUSE = {
    HandOffReason.CUSTOMER_REQUEST: gettext_noop("Of course."),
    HandOffReason.MISSING_KNOWLEDGE: gettext_noop("I cannot answer this reliably."),
    HandOffReason.NEGATIVE_EMOTION: gettext_noop("I am sorry about the trouble."),
    HandOffReason.NO_PROGRESS: gettext_noop("I see that my answer does not help you."),
    HandOffReason.AFTER_SALE: gettext_noop("This needs a colleague."),
    HandOffReason.TOOL_FAILURE: gettext_noop("Something went wrong on my side."),
    HandOffReason.FOLLOW_UP: gettext_noop("A colleague will see to this."),
}


def upset(turn: Turn) -> Reply | None:
    """Threats and open anger go to a person at once."""
    return _given_over(turn, from_displeasure=max(OPEN_ANGER, turn.mood.threshold))


def displeased(turn: Turn) -> Reply | None:
    """Who sounds displeased goes to a person, unless the bot could do what he asks."""
    return _given_over(turn, from_displeasure=turn.mood.threshold)


def _given_over(turn: Turn, *, from_displeasure: float) -> Reply | None:
    if turn.choice or NO_WORDS.match(plain(turn.text)):
        return None
    score = turn.mood.score(turn.text)
    if score < from_displeasure:
        return None
    reply = hand_over(turn, "upset", HandOffReason.NEGATIVE_EMOTION)
    return replace(reply, memory=replace(reply.memory, displeasure=round(score, 3)))


def wants_person(turn: Turn) -> Reply | None:
    """Whoever asks for a person gets one."""
    words = plain(turn.text)
    if turn.choice == HUMAN or (not turn.choice and said(PERSON, words) and not said(NOT_PERSON, words)):
        return hand_over(turn, "wants_person", HandOffReason.CUSTOMER_REQUEST)
    return None


def only_wants_person(text: str) -> bool:
    """Whether the text asks for a person and for nothing else."""
    words = plain(text)
    return (
        said(PERSON, words)
        and not said(NOT_PERSON, words)
        and not AROUND_PERSON.sub("", _without_wish(words))
    )


def _without_wish(words: str) -> str:
    for pattern in PERSON:
        words = pattern.sub(" ", words)
    return words


def hand_over(turn: Turn, step: str, reason: HandOffReason, match: Match | None = None) -> Reply:
    """To the queue; when nobody is there to serve it, also a ticket, and the truth about it."""
    because = _(BECAUSE[reason])
    if turn.someone_there:
        body = _both(because, _("I am putting you through to a colleague. Please stay here for a moment."))
        return Reply(
            step, "hand_over", body, memory=turn.memory.after(turn.text), hand_over=reason, match=match
        )
    if turn.memory.callback:
        body = _both(because, _noted_already(turn.memory.callback))
        return Reply(
            step, "hand_over", body, memory=turn.memory.after(turn.text), hand_over=reason, match=match
        )
    wish = TicketWish(Kind.CALLBACK, _asked(turn), told=lambda card: _both(because, _noted(card)))
    return Reply(
        step, "hand_over", "", memory=turn.memory.after(turn.text), hand_over=reason, match=match, ticket=wish
    )


def and_a_person(turn: Turn, reply: Reply) -> Reply:
    """The same answer at once, and the conversation to people as well, because the article asks for it."""
    given = hand_over(turn, reply.step, HandOffReason.FOLLOW_UP, reply.match)
    if given.ticket is None:
        return replace(reply, body=_in_paragraphs(reply.body, given.body), hand_over=given.hand_over)
    told = given.ticket.told
    wish = replace(given.ticket, told=lambda card: _in_paragraphs(reply.body, told(card)))
    return replace(reply, hand_over=given.hand_over, ticket=wish)


def _in_paragraphs(*texts: str) -> str:
    return "\n\n".join(texts)


def _both(first: str, second: str) -> str:
    """Two sentences in a row, parted as the language does it."""
    return _("%(first)s %(second)s") % {"first": first, "second": second}


def _asked(turn: Turn) -> str:
    asked_for_person = turn.choice == HUMAN or said(PERSON, plain(turn.text))
    text = turn.memory.last_text if asked_for_person and turn.memory.last_text else turn.text
    return text[:REASON_CHARACTERS]


def _noted(card: TicketCard) -> str:
    return _(
        "Nobody is at the desk right now. I noted your request as %(number)s; a colleague will answer here in "
        "this chat. I keep answering what I know meanwhile."
    ) % {"number": card.number}


def _noted_already(number: str) -> str:
    return _("Nobody is at the desk yet; your request %(number)s is noted and comes first.") % {
        "number": number
    }
