"""Several questions in one message: each that is known is answered, in order, and what is not known is named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from chat import parts
from chat.bot.after_sale import after_sale_request
from chat.bot.handing_over import HUMAN
from chat.bot.knowing import MOST_OFFERED, PREFIX, known_answer
from chat.bot.memory import Memory
from chat.bot.orders import order_status
from chat.bot.small_talk import without_greeting
from chat.bot.splitting import asks, questions_in
from chat.bot.turn import Reply, Section, Turn
from kb.matching import Decision, Match
from tickets.queries import TicketCard

ANSWERED = "answer"


@dataclass(frozen=True, slots=True)
class Heard:
    """One question by itself: what the bot would say to it, or what it may have meant."""

    question: str
    reply: Reply | None
    match: Match

    @property
    def article(self) -> str:
        return self.reply.answer.key if self.reply and self.reply.answer else ""

    @property
    def asks_back(self) -> bool:
        """Whether the reply to it ends with a question of ours, or with a ticket: that has to come last."""
        return self.reply is not None and self.reply.decision != ANSWERED

    @property
    def section(self) -> Section:
        confidence = self.match.candidates[0].confidence if self.match.candidates else 0.0
        if self.reply is None:
            return Section(self.question, confidence=confidence)
        reply = self.reply
        return Section(self.question, reply.step, reply.answer, confidence, reply.body, reply.chosen)


def several_questions(turn: Turn) -> Reply | None:
    """Speaks when the message holds at least two questions, and at least one of them is answered at once."""
    questions = questions_in(without_greeting(turn.text)) if not turn.choice else ()
    if not questions or turn.knowledge.match(turn.text).method == "exact":
        return None
    heard = _without_repeats([_heard(turn, question) for question in questions])
    known = [one for one in heard if one.reply]
    unknown = [one for one in heard if _is_open(one, known)]
    told = [one for one in known if not one.asks_back]
    if not told or len(known) + len(unknown) < 2 or len(known) - len(told) > 1:
        return None
    asking = next((one for one in known if one.asks_back), None)
    return _composed(turn, told, unknown, asking)


def _heard(turn: Turn, question: str) -> Heard:
    alone = replace(turn, text=question, memory=Memory(callback=turn.memory.callback))
    steps = (after_sale_request, order_status, known_answer)
    reply = next((found for step in steps if (found := step(alone))), None)
    return Heard(question, reply, turn.knowledge.match(question))


def _without_repeats(heard: Sequence[Heard]) -> list[Heard]:
    """Two questions with one answer are one question."""
    kept: dict[Any, Heard] = {}
    for place, one in enumerate(heard):
        step = one.reply.step if one.reply else ""
        key = one.article or (step if step in {"order_status", "after_sale"} else place)
        kept.setdefault(key, one)
    return list(kept.values())


def _is_open(one: Heard, known: Sequence[Heard]) -> bool:
    """Whether it is a question without an answer, and not one that leads to an article which is said anyway."""
    best = one.match.candidates[0].id if one.match.candidates else ""
    return one.reply is None and asks(one.question) and (not best or best not in {it.article for it in known})


def _composed(turn: Turn, told: Sequence[Heard], unknown: Sequence[Heard], asking: Heard | None) -> Reply:
    ordered = [*told, *unknown, *([asking] if asking else [])]
    pieces = [_told(one) for one in told] + [_not_known(one) for one in unknown]
    blocks = [block for one in told if one.reply for block in one.reply.parts]
    first = next((one for one in ordered if one.article), None)
    last = next((one.article for one in reversed(told) if one.article), "")
    reply = Reply(
        "several",
        ANSWERED,
        "\n\n".join(pieces),
        tuple(blocks),
        turn.memory.after(turn.text, last_article=last),
        answer=first.reply.answer if first and first.reply else None,
        match=(first or ordered[0]).match,
        chosen=first.reply.chosen if first and first.reply else 0,
        sections=tuple(one.section for one in ordered),
    )
    if asking and asking.reply:
        return _with_question_of_ours(turn, reply, asking.reply)
    if unknown or turn.same_again:
        return replace(reply, parts=(*reply.parts, _ways_on(turn, unknown)))
    return reply


def _told(one: Heard) -> str:
    return _("“%(question)s”\n%(answer)s") % {
        "question": one.question,
        "answer": one.reply.body if one.reply else "",
    }


def _not_known(one: Heard) -> str:
    if one.match.decision is Decision.OFFER:
        words = _("“%(question)s”\nI am not sure what you mean here. Choose below, or talk to a person.")
    else:
        words = _("“%(question)s”\nI do not know this. A colleague can answer it.")
    return words % {"question": one.question}


def _ways_on(turn: Turn, unknown: Sequence[Heard]) -> dict[str, Any]:
    """What the unknown questions may mean, and a person."""
    keys = [
        candidate.id
        for one in unknown
        if one.match.decision is Decision.OFFER
        for candidate in one.match.candidates[:MOST_OFFERED]
    ]
    answers = [turn.knowledge.answer(key) for key in dict.fromkeys(keys)]
    options = [(PREFIX + answer.key, answer.question) for answer in answers[:MOST_OFFERED] if answer]
    return parts.choices([*options, (HUMAN, _("Talk to a person"))])


def _with_question_of_ours(turn: Turn, reply: Reply, asking: Reply) -> Reply:
    """The answers first, then what we have to ask, or the ticket that was opened."""
    memory = replace(asking.memory, last_text=turn.text)
    joined = replace(
        reply,
        decision=asking.decision,
        body="\n\n".join(filter(None, (reply.body, asking.body))),
        parts=(*reply.parts, *asking.parts),
        memory=memory,
    )
    wish = asking.ticket
    if wish is None:
        return joined

    def told(card: TicketCard) -> str:
        return f"{reply.body}\n\n{wish.told(card)}"

    return replace(joined, hand_over=asking.hand_over, ticket=replace(wish, told=told))
