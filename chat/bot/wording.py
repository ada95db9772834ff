"""Whether a reply may be put into words by a language model, and what the model is asked then."""

from django.conf import settings

from chat.bot.turn import Reply
from chat.models import BotSettings, Conversation
from chat.phrasing import Task
from cscore.language.masking import masked
from kb.queries import LiveAnswer

MOST_ANSWERS = 3
LANGUAGES = {"zh-hans": "简体中文", "en": "English"}


def task_of(conversation: Conversation, text: str, reply: Reply) -> Task | None:
    """None unless the server knows a language model, the shop lets it speak, and the reply is articles alone.

    An answer that holds anything personal is said as it is: it goes nowhere else.
    """
    if not settings.LANGUAGE_MODEL["base_url"] or not (answers := _articles_alone(reply)):
        return None
    if not BotSettings.objects.filter(shop=conversation.shop_id, language_model=True).exists():
        return None
    names = [conversation.customer.name] if conversation.customer else []
    if any(masked(one, names=names) != one for one in answers):
        return None
    return Task(masked(text, names=names), answers, LANGUAGES[conversation.locale])


def _articles_alone(reply: Reply) -> tuple[str, ...]:
    """The texts of the articles that the reply consists of, each word for word as it was published.

    None when the reply says, shows or asks anything besides, or when something of the customer's was filled in.
    """
    if reply.decision != "answer" or reply.hand_over or reply.ticket or reply.answer is None:
        return ()
    if any(part["kind"] != "source" for part in reply.parts):
        return ()
    said = [(section.answer, section.chosen, section.body) for section in reply.sections]
    said = said or [(reply.answer, reply.chosen, reply.body)]
    as_published = all(answer and body == _published(answer, chosen) for answer, chosen, body in said)
    return (
        tuple(body for _answer, _chosen, body in said) if as_published and len(said) <= MOST_ANSWERS else ()
    )


def _published(answer: LiveAnswer, chosen: int) -> str:
    return answer.others[chosen - 1].text if chosen else answer.answer
