"""From rows to cases: what is known of each conversation of a span, as it stands now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from analytics.kpis.cases import Case
from analytics.kpis.conversion import Event, Inquiry, InquiryRule, inquiries
from analytics.kpis.figures import SATISFIED_FROM
from analytics.kpis.matters import Contact, returns
from analytics.kpis.outcomes import RECONTACT_WINDOW, Facts, outcome
from analytics.queries import rows
from analytics.queries.rows import HandedOver, Said, Span, Thought, Visit
from chat.models import Author

# The bot's decisions, as chat.bot stores them: what is an answer, and what leaves the customer without one.
ANSWERS, ACTION = frozenset({"answer", "ticket"}), "ticket"
PASSES = frozenset({"offer", "ask", "hand_over"})
UNCLEAR_STEP = "unclear"
ORDER_STEPS = frozenset({"order_status", "after_sale"})
DENIED_UP_TO = 2
RULE = InquiryRule()


@dataclass(frozen=True, slots=True)
class Story:
    """Everything loaded about one conversation."""

    visit: Visit
    said: Sequence[Said]
    last_asked: int
    thoughts: Sequence[Thought]
    hand_overs: Sequence[HandedOver]

    def spoke(self, author: Author) -> bool:
        return any(line.author == author for line in self.said)

    def seconds(self, author: Author) -> tuple[float, ...]:
        """Reply times of this author."""
        times = (line.seconds for line in self.said if line.author == author)
        return tuple(time for time in times if time is not None)

    def articles(self) -> frozenset[int]:
        return frozenset(line.article for line in self.said if line.article is not None)

    def decided(self, *decisions: str) -> bool:
        return any(thought.decision in decisions for thought in self.thoughts)

    def left_waiting(self) -> bool:
        """The last question has no reply, or one that is no answer. Exact while only the bot has spoken."""
        if self.last_asked > max((line.seq for line in self.said), default=0):
            return True
        last = max(self.thoughts, key=lambda thought: thought.seq, default=None)
        return last is not None and (last.decision in PASSES or last.step == UNCLEAR_STEP)

    def contact(self) -> Contact:
        """Anonymous visitors are known by their browser. The matter is an article, or "my orders"."""
        visit = self.visit
        person = f"customer {visit.customer_id}" if visit.customer_id else f"visitor {visit.visitor_id}"
        about = {thought.step for thought in self.thoughts if thought.step in ORDER_STEPS}
        matters = {f"article {article}" for article in self.articles()} | ({"orders"} if about else set())
        return Contact(visit.id, person, visit.opened_at, visit.closed_at, frozenset(matters))

    def facts(self, returned_at: datetime | None, known_until: datetime) -> Facts:
        """What the rules of outcome need. Stars confirm from 4 up and deny from 2 down."""
        visit, stars = self.visit, self.visit.stars
        return Facts(
            ended=visit.closed_at is not None,
            bot_spoke=self.spoke(Author.BOT),
            bot_answered=self.decided(*ANSWERS),
            human_spoke=self.spoke(Author.AGENT),
            handed_off=bool(self.hand_overs),
            left_waiting=self.left_waiting(),
            confirmed=self.decided(ACTION) or (stars or 0) >= SATISFIED_FROM,
            denied=stars is not None and stars <= DENIED_UP_TO,
            came_back=returned_at is not None,
            watched=visit.closed_at is not None and known_until - visit.closed_at >= RECONTACT_WINDOW,
        )

    def case(self, returned_at: datetime | None, inquiry: Inquiry | None, known_until: datetime) -> Case:
        facts = self.facts(returned_at, known_until)
        return Case(
            id=self.visit.id,
            opened_at=self.visit.opened_at,
            closed_at=self.visit.closed_at,
            outcome=outcome(facts),
            watched=facts.watched,
            bot_spoke=facts.bot_spoke,
            bot_answered=facts.bot_answered,
            human_spoke=facts.human_spoke,
            stars=self.visit.stars,
            bot_seconds=self.seconds(Author.BOT),
            agent_seconds=self.seconds(Author.AGENT),
            reasons=tuple(hand_over.reason for hand_over in self.hand_overs),
            articles=self.articles(),
            inquiry=inquiry,
        )


def cases(span: Span, known_until: datetime) -> tuple[Case, ...]:
    """The span's conversations by time. Seven queries, however many there are."""
    wider = _wider(span)
    stories = _stories(wider)
    returned = returns(story.contact() for story in stories)
    asked = _inquiries([story.visit for story in stories], wider, known_until)
    return tuple(
        story.case(returned.get(story.visit.id), asked.get(story.visit.id), known_until)
        for story in stories
        if span.since <= story.visit.opened_at < span.until
    )


def _wider(span: Span) -> Span:
    """Back to inquiries that may still run, on to contacts that may be returns."""
    ends = max(rows.last_end(span) or span.until, span.until)
    return Span(span.shop, span.since - RULE.window, ends + RECONTACT_WINDOW)


def _stories(span: Span) -> list[Story]:
    said, asked = rows.said(span), rows.last_asked(span)
    thoughts, hand_overs = rows.thoughts(span), rows.hand_overs(span)
    return [
        Story(
            visit,
            said.get(visit.key, ()),
            asked.get(visit.key, 0),
            thoughts.get(visit.key, ()),
            hand_overs.get(visit.key, ()),
        )
        for visit in rows.visits(span)
    ]


def _inquiries(visits: Sequence[Visit], span: Span, known_until: datetime) -> Mapping[UUID, Inquiry]:
    """The conversations that began an inquiry. Visitors without an account cannot be followed to an order."""
    known = [visit for visit in visits if visit.customer_id is not None]
    began = {(str(visit.customer_id), visit.opened_at): visit.id for visit in reversed(known)}
    found = inquiries(
        [Event(str(visit.customer_id), visit.opened_at) for visit in known],
        rows.orders(span, reaching_back=RULE.quiet, reaching_on=RULE.window),
        known_until=known_until,
        rule=RULE,
    )
    return {began[inquiry.customer, inquiry.asked_at]: inquiry for inquiry in found}
