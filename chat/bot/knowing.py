"""Answers from the published articles, each with its source and version."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from chat import parts
from chat.bot.handing_over import HUMAN, and_a_person, hand_over
from chat.bot.small_talk import without_greeting
from chat.bot.turn import Reply, Turn
from chat.models import HandOffReason
from kb.matching import Decision, Match
from kb.queries import LiveAnswer

PREFIX = "article:"
MOST_OFFERED = 3


def understood(turn: Turn) -> Match:
    """What the message asks, read together with the turn before where the message adds to it."""
    return in_context(turn.knowledge.match, turn.text, turn.memory.last_text)


def in_context(match: Callable[[str, str], Match], text: str, before: str) -> Match:
    """What a message asks after what the customer said before it.

    Joined to the turn before, any "asdf" looks like what was asked there. So a message that leads nowhere but to
    the article of the turn before has to stand alone.
    """
    text = without_greeting(text)
    together = match(text, before)
    if before and _best(together) == _best(match(before, "")):
        return match(text, "")
    return together


def _best(match: Match) -> str:
    return match.candidates[0].id if match.candidates else ""


def chosen_article(turn: Turn) -> Reply | None:
    """Choosing a question answers it."""
    if not turn.choice.startswith(PREFIX):
        return None
    answer = turn.knowledge.answer(turn.choice.removeprefix(PREFIX))
    return _answered(turn, answer, None, step="chosen_article") if answer else None


def known_answer(turn: Turn) -> Reply | None:
    """What the articles say when the matcher is sure; a person is offered when it was said just before."""
    match = understood(turn)
    if match.decision is not Decision.ANSWER:
        return None
    answer = turn.knowledge.answer(match.candidates[0].id)
    return _answered(turn, answer, match, step="known_answer") if answer else None


def did_you_mean(turn: Turn) -> Reply | None:
    """The three likeliest questions to choose from; asked the same again, the bot gives up instead."""
    match = understood(turn)
    found = [turn.knowledge.answer(candidate.id) for candidate in match.candidates[:MOST_OFFERED]]
    offered = [answer for answer in found if answer]
    if match.decision is not Decision.OFFER or not offered:
        return None
    if turn.same_again:
        return hand_over(turn, "did_you_mean", HandOffReason.NO_PROGRESS, match)
    options = [(PREFIX + answer.key, answer.question) for answer in offered]
    block = parts.choices([*options, (HUMAN, _("None of these: talk to a person"))])
    body = _("Did you mean one of these questions?")
    return Reply("did_you_mean", "offer", body, (block,), turn.memory.after(turn.text), match=match)


def nothing_known(turn: Turn) -> Reply:
    """The last resort: a person, with the reason."""
    match = understood(turn)
    return hand_over(turn, "nothing_known", HandOffReason.MISSING_KNOWLEDGE, match)


def _answered(turn: Turn, answer: LiveAnswer, match: Match | None, *, step: str) -> Reply:
    told = turn.tell(answer)
    body, blocks = told.body, [*told.parts, parts.source(answer, told.chosen)]
    if turn.memory.last_article == answer.key and not answer.tell_person:
        body = _("%(answer)s\n\nDoes this not help? A colleague can look at it.") % {"answer": told.body}
        blocks.append(parts.choices([(HUMAN, _("Talk to a person"))]))
    memory = turn.memory.after(turn.text, last_article=answer.key)
    reply = Reply(step, "answer", body, tuple(blocks), memory, answer=answer, match=match, chosen=told.chosen)
    return and_a_person(turn, reply) if answer.tell_person else reply
