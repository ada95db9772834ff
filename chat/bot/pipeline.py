"""The bot is a list you can read aloud: the first step with something to say speaks."""

from collections.abc import Sequence

from chat.bot.after_sale import after_sale_request, running_form
from chat.bot.handing_over import displeased, upset, wants_person
from chat.bot.knowing import chosen_article, did_you_mean, known_answer, nothing_known
from chat.bot.orders import order_status
from chat.bot.photos import photo_seen
from chat.bot.several import several_questions
from chat.bot.small_talk import small_talk, unclear
from chat.bot.turn import Reply, Step, Turn

STEPS: tuple[Step, ...] = (
    photo_seen,
    upset,
    wants_person,
    chosen_article,
    small_talk,
    running_form,
    several_questions,
    after_sale_request,
    order_status,
    displeased,
    known_answer,
    unclear,
    did_you_mean,
    nothing_known,
)
# While a customer waits and nobody is there, the bot goes on with what it is sure of and is silent otherwise.
STEPS_MEANWHILE: tuple[Step, ...] = (photo_seen, chosen_article, order_status, known_answer)


def answer(turn: Turn, steps: Sequence[Step] = STEPS) -> Reply | None:
    """The reply of the first step that has one; None when none of them does."""
    for step in steps:
        if reply := step(turn):
            return reply
    return None
