"""Why the bot did what it did, in words for colleagues."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chat.models import BotTurn, Conversation

STEP_NAMES: Mapping[str, Promise] = {
    "upset": gettext_lazy("The customer sounded upset or threatened to complain."),
    "wants_person": gettext_lazy("The customer asked for a person."),
    "small_talk": gettext_lazy("A greeting, thanks or a goodbye."),
    "unclear": gettext_lazy("There were no words in it."),
    "after_sale": gettext_lazy("An after-sale case about the customer's own goods."),
    "order_status": gettext_lazy("A question about the customer's own order."),
    "chosen_article": gettext_lazy("The customer chose one of the questions offered."),
    "known_answer": gettext_lazy("A published article answers this."),
    "did_you_mean": gettext_lazy("Several articles may answer this; none surely enough."),
    "nothing_known": gettext_lazy("No published article answers this surely enough."),
    "broken": gettext_lazy("Something the bot needs did not work."),
}


def why(turn: BotTurn | None) -> str:
    """One turn of the bot in words, with figures where an article was weighed; empty without a turn."""
    if turn is None:
        return ""
    words = str(STEP_NAMES.get(turn.step, turn.step))
    if turn.candidates and turn.thresholds:
        best = turn.candidates[0]
        words = _(
            "%(step)s Best article: %(article)s with confidence %(confidence)s; it answers from %(answer)s and offers from %(offer)s "
            "(release %(release)s)."
        ) % {
            "step": words,
            "article": best["id"],
            "confidence": f"{best['confidence']:.2f}",
            "answer": f"{turn.thresholds.get('answer', 0):.2f}",
            "offer": f"{turn.thresholds.get('offer', 0):.2f}",
            "release": turn.release,
        }
    return words


def why_last(conversation: Conversation) -> str:
    """The bot's last turn of the conversation in words."""
    return why(BotTurn.objects.filter(message__conversation=conversation).order_by("-message__seq").first())
