"""What thumbs say: of which question, how sure the bot was then, and what a training may learn from them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F, OuterRef, Subquery

from chat.models import Author, BotTurn, Conversation, Message, Thumb
from kb.matching import Decision, Verdict

# What is taught at once at most; the newest count.
MOST: Final = 5_000
CHOSEN: Final = "chosen_article"


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict as a page shows it: on the answer of this number, by the person himself or by the customer."""

    seq: int
    up: bool
    by_customer: bool


def asked_of(turn: BotTurn, key: str) -> BotTurn:
    """The turn in which the article was found: of a question chosen from an offer, the turn that offered it."""
    if turn.step != CHOSEN:
        return turn
    conversation, seq = turn.message.conversation_id, turn.message.seq
    before = BotTurn.objects.filter(message__conversation=conversation, message__seq__lt=seq)
    offers = before.filter(decision=Decision.OFFER).select_related("message").order_by("-message__seq")
    return next((offer for offer in offers if confidence_in(offer, key) is not None), turn)


def confidence_in(turn: BotTurn, key: str) -> float | None:
    """How sure the bot was of the article in this turn; None when it did not weigh it."""
    weighed = {candidate["id"]: float(candidate["confidence"]) for candidate in turn.candidates}
    return weighed.get(key)


def given_in(conversation: Conversation, *, voter_key: str) -> list[Given]:
    """The verdicts of this voter and of the customer on the bot's answers in a conversation."""
    thumbs = Thumb.objects.filter(question__conversation=conversation)
    said = [thumb for thumb in thumbs if thumb.voter_key == voter_key or thumb.agent_id is None]
    if not said:
        return []
    versions = {thumb.version_id for thumb in said}
    answers = conversation.messages.filter(
        author=Author.BOT, article_version__in=versions, answers__isnull=False
    )
    found = answers.select_related("answers__message", "article_version__article").order_by("seq")
    return [given for answer in found for given in _given(answer, said, voter_key)]


def _given(answer: Message, thumbs: Iterable[Thumb], voter_key: str) -> Iterator[Given]:
    version = answer.article_version
    question = asked_of(answer.answers, version.article.key).message_id if version else None
    for thumb in thumbs:
        if (thumb.question_id, thumb.version_id) == (question, answer.article_version_id):
            yield Given(answer.seq, thumb.up, by_customer=thumb.voter_key != voter_key)


def given_on(question: Message, *, voter_key: str) -> dict[str, bool]:
    """The voter's verdicts on articles for this question, by key."""
    said = Thumb.objects.filter(question=question, voter_key=voter_key)
    return dict(said.values_list("version__article__key", "up"))


def verdicts_of(shop_id: int, *, since: datetime) -> list[Verdict]:
    """What a training may learn: thumbs on answers that are still told as they were when they were judged."""
    said = Message.objects.filter(conversation=OuterRef("question__conversation"), author=Author.CUSTOMER)
    before = said.filter(seq__lt=OuterRef("question__seq")).order_by("-seq").values("body")[:1]
    thumbs = Thumb.objects.filter(
        question__conversation__shop=shop_id,
        at__gte=since,
        version__answer=F("version__article__live_version__answer"),
    )
    rows = thumbs.annotate(previous=Subquery(before)).order_by("-at", "-pk")
    columns = ("question__body", "version__article__key", "up", "voter_key", "agent_id", "previous")
    said_by = rows.values_list(*columns, "question__conversation__customer_id")[:MOST]
    return [
        Verdict(
            question, key, right=up, voter=voter if agent else _person(voter, customer),
            by_staff=agent is not None, previous=previous or "",
        )
        for question, key, up, voter, agent, previous, customer in said_by
    ]  # fmt: skip


def _person(voter: str, customer: int | None) -> str:
    """A customer whom the shop knows is one voter, however many browsers he has."""
    return f"customer:{customer}" if customer else voter
