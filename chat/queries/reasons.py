"""Why the bot did what it did, in words for colleagues."""

from collections.abc import Mapping
from typing import Any

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
    "photo": gettext_lazy("The customer sent a photo."),
    "several": gettext_lazy("Several questions in one message."),
    "chosen_article": gettext_lazy("The customer chose one of the questions offered."),
    "known_answer": gettext_lazy("A published article answers this."),
    "did_you_mean": gettext_lazy("Several articles may answer this; none surely enough."),
    "nothing_known": gettext_lazy("No published article answers this surely enough."),
    "broken": gettext_lazy("Something the bot needs did not work."),
}

WORDINGS: Mapping[str, Promise] = {
    "worded": gettext_lazy("A language model put it into words."),
    "interrupted": gettext_lazy("The words of a language model were not waited for."),
    "busy": gettext_lazy("Too many questions were with the language model; the article was said as it is."),
    "resting": gettext_lazy("The language model had failed again and again; the article was said as it is."),
    "unreachable": gettext_lazy("The language model could not be reached; the article was said as it is."),
    "slow": gettext_lazy("The language model was too slow; the article was said as it is."),
    "refused": gettext_lazy("The language model's server refused; the article was said as it is."),
    "unreadable": gettext_lazy(
        "The language model's answer could not be read; the article was said as it is."
    ),
    "too-much": gettext_lazy("The language model said too much; the article was said as it is."),
    "empty": gettext_lazy("The language model said nothing; the article was said as it is."),
    "cites-nothing": gettext_lazy("The language model named no source; the article was said as it is."),
    "cites-unknown": gettext_lazy(
        "The language model named an unknown source; the article was said as it is."
    ),
    "leaves-out": gettext_lazy("The language model left out an answer; the articles were said as they are."),
    "not-plain": gettext_lazy("The language model wrote no plain text; the article was said as it is."),
    "invents": gettext_lazy(
        "The language model named what the article does not; the article was said as it is."
    ),
    "reverses": gettext_lazy(
        "The language model said yes for no, or no for yes; the article was said as it is."
    ),
    "unlawful": gettext_lazy(
        "A wording rule forbids what the language model said; the article was said as it is."
    ),
    "broken": gettext_lazy("Asking the language model failed; the article was said as it is."),
}


def why(turn: BotTurn | None) -> str:
    """One turn of the bot in words, with figures where an article was weighed; empty without a turn."""
    if turn is None:
        return ""
    words = str(STEP_NAMES.get(turn.step, turn.step))
    weighed = [candidate for candidate in turn.candidates if "keyword" not in candidate]
    if weighed and turn.thresholds:
        best = weighed[0]
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
    for candidate in turn.candidates:
        words = _and(words, _chosen(candidate))
    words = " ".join([words, *map(_question, turn.questions)])
    return _and(words, WORDINGS.get(turn.wording))


def _question(part: Mapping[str, Any]) -> str:
    """What became of one of several questions."""
    if part["article"]:
        words = _("“%(question)s”: article %(article)s with confidence %(confidence)s.")
    elif part["step"]:
        words = _("“%(question)s”: %(step)s")
    else:
        words = _("“%(question)s”: not known surely enough.")
    return words % {
        "question": part["text"],
        "article": part["article"],
        "step": STEP_NAMES.get(part["step"], part["step"]),
        "confidence": f"{part['confidence']:.2f}",
    }


def _chosen(candidate: Mapping[str, Any]) -> str:
    """Which of its answers was said, or what kept the article from being said."""
    if "answer" in candidate:
        return _("Its other answer %(number)s fitted the customer.") % {"number": candidate["answer"]}
    if "keyword" in candidate:
        return _("%(article)s was ruled out by the keyword “%(keyword)s”.") % {
            "article": candidate["id"],
            "keyword": candidate["keyword"],
        }
    return ""


def _and(words: str, more: str | Promise | None) -> str:
    """Two sentences in a row, parted as the language does it."""
    return _("%(first)s %(second)s") % {"first": words, "second": more} if more else words


def why_last(conversation: Conversation) -> str:
    """The bot's last turn of the conversation in words."""
    return why(BotTurn.objects.filter(message__conversation=conversation).order_by("-message__seq").first())
