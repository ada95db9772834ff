"""Greetings, thanks and goodbyes: only when they are all that was said."""

from django.utils.translation import gettext as _

from chat.bot.patterns import GOODBYE, GREETING, GREETING_BEFORE, NO_WORDS, THANKS, plain
from chat.bot.turn import Reply, Turn


def small_talk(turn: Turn) -> Reply | None:
    """A short answer in kind."""
    words = plain(turn.text)
    if not turn.choice and (body := _answer_to(words)):
        return Reply("small_talk", "talk", body, memory=turn.memory.after(turn.text, form=turn.memory.form))
    return None


def unclear(turn: Turn) -> Reply | None:
    """Asks once for words when there are none; the second time others may try."""
    if not NO_WORDS.match(plain(turn.text)) or turn.memory.unclear or turn.orders.find(turn.text):
        return None
    body = _("Could you describe in a sentence what you would like to know?")
    return Reply("unclear", "talk", body, memory=turn.memory.after(turn.text, unclear=1))


def without_greeting(text: str) -> str:
    """The text after the hello that people begin with; the whole text when there is nothing else."""
    words = plain(text)
    hello = GREETING_BEFORE.match(words)
    return words[hello.end() :] or text if hello else text


def _answer_to(words: str) -> str:
    if GREETING.match(words):
        return _("Hello! How can I help you? Ask about delivery, returns or your orders.")
    if GOODBYE.match(words):
        return _("Thank you for your visit. Goodbye!")
    if THANKS.match(words):
        return _("You are welcome. Is there anything else I can do?")
    return ""
