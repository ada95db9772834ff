"""What became of conversations in which an article was asked for: sets of conversations, so that every count has its list."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Min, Sum

from analytics.kpis.cases import RESOLVED, Case
from analytics.kpis.outcomes import Outcome
from analytics.period import Period
from analytics.queries.rows import Span
from chat.models import Author, BotTurn, HandOff, Message, Thumb
from cscore.commerce.models import Shop
from kb.models import Article, HelpView, HelpVote

# The bot took the question for this article: it answered from it, or offered it first.
_TAKEN_FOR_IT: Final = frozenset({"answer", "offer"})


@dataclass(slots=True)
class Use:
    """The conversations in which one article played a part."""

    asked: set[UUID] = field(default_factory=set)
    answered: set[UUID] = field(default_factory=set)
    settled: set[UUID] = field(default_factory=set)
    helped: set[UUID] = field(default_factory=set)
    handed_over: set[UUID] = field(default_factory=set)
    thumbs_up: int = 0
    thumbs_down: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """What readers of the help centre did."""

    opened: int = 0
    helpful: int = 0
    not_helpful: int = 0


def uses(span: Span, cases: Sequence[Case]) -> dict[int, Use]:
    """By article. Five queries, however many articles and conversations there are."""
    known = {case.id: case for case in cases}
    handed_over = _handed_over(span)
    found: dict[int, Use] = defaultdict(Use)
    told = list(_told(span))
    for conversation, article, asked_at, answered in _taken(span):
        found[article].asked.add(conversation)
        if answered:
            told.append((conversation, article, asked_at))
    unhelped = set()
    for conversation, article, up, by_customer in _thumbs(span):
        found[article].thumbs_up += up
        found[article].thumbs_down += not up
        if by_customer and not up:
            unhelped.add((conversation, article))
    for conversation, article, told_at in told:
        use, case = found[article], known.get(conversation)
        use.asked.add(conversation)
        use.answered.add(conversation)
        if handed_over.get(conversation, told_at) > told_at:
            use.handed_over.add(conversation)
        if case is not None and case.settled_outcome is not Outcome.PENDING:
            use.settled.add(conversation)
            if case.settled_outcome in RESOLVED and (conversation, article) not in unhelped:
                use.helped.add(conversation)
    return found


def reads(shop: Shop, period: Period) -> dict[int, Read]:
    """By article. Two queries."""
    views = HelpView.objects.filter(article__shop=shop, day__gte=period.first, day__lte=period.last)
    opened = dict(views.order_by().values_list("article").annotate(opened=Sum("count")))
    said = HelpVote.objects.filter(article__shop=shop, at__gte=period.since, at__lt=period.until)
    counted = said.order_by().values_list("article", "helpful").annotate(votes=Count("pk"))
    votes = Counter({(article, helpful): count for article, helpful, count in counted})
    articles = {*opened, *(article for article, _helpful in votes)}
    return {
        article: Read(opened.get(article, 0), votes[article, True], votes[article, False])
        for article in articles
    }


def opened_by_day(article: Article, period: Period) -> Mapping[date, int]:
    """How often readers opened one article."""
    views = HelpView.objects.filter(article=article, day__gte=period.first, day__lte=period.last)
    return dict(views.values_list("day", "count"))


def articles_of(shop: Shop) -> list[Article]:
    """All that are kept, with their latest text. One query."""
    rows = Article.objects.filter(shop=shop, archived_at__isnull=True, latest_version__isnull=False)
    unread = ("answer", "rich", "answers", "phrasings", "negatives", "negative_keywords", "findings")
    rows = rows.select_related("latest_version", "category")
    return list(rows.defer(*(f"latest_version__{name}" for name in unread)).order_by("pk"))


def _told(span: Span) -> Iterator[tuple[UUID, int, datetime]]:
    """Conversation, article, and when the bot first answered from it."""
    said = Message.objects.filter(
        **span.conditions("conversation__"), author=Author.BOT, article_version__isnull=False
    )
    rows = said.order_by().values_list("conversation_id", "article_version__article_id")
    yield from rows.annotate(first=Min("at"))


def _handed_over(span: Span) -> Mapping[UUID, datetime]:
    """When each was handed over last."""
    rows = HandOff.objects.filter(**span.conditions("conversation__")).order_by()
    return dict(rows.values_list("conversation_id").annotate(last=Max("at")))


def _taken(span: Span) -> Iterator[tuple[UUID, int, datetime, bool]]:
    """Conversation, article and moment of each question that the bot took for that article.

    The last says that it answered from it among several questions: then the message names another article, or none.
    """
    ids = dict(Article.objects.filter(shop=span.shop).values_list("key", "pk"))
    turns = BotTurn.objects.filter(**span.conditions("message__conversation__")).order_by()
    rows = turns.values_list("message__conversation_id", "message__at", "decision", "candidates", "questions")
    for conversation, at, decision, candidates, questions in rows.iterator(chunk_size=2000):
        first = candidates[0] if candidates and decision in _TAKEN_FOR_IT else {}
        if first.get("id") in ids and "keyword" not in first:
            yield conversation, ids[first["id"]], at, False
        for question in questions:
            if question.get("article") in ids:
                yield conversation, ids[question["article"]], at, True


def _thumbs(span: Span) -> Iterator[tuple[UUID, int, bool, bool]]:
    """Conversation, article, up or down, and whether a customer said so."""
    rows = Thumb.objects.filter(**span.conditions("question__conversation__")).order_by()
    fields = ("question__conversation_id", "version__article_id", "up", "agent_id")
    for conversation, article, up, agent in rows.values_list(*fields):
        yield conversation, article, up, agent is None
