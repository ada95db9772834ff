"""Conversations as the figures see them, and the lists behind the figures.

A figure is counted with the same conditions that its lists are made with, so a list is as long as its number says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.kpis.conversion import Inquiry
from analytics.kpis.figures import SATISFIED_FROM
from analytics.kpis.outcomes import Outcome

OUTCOME_NAMES: dict[Outcome, Promise] = {
    Outcome.AI_CONFIRMED: _("Resolved by the AI, confirmed"),
    Outcome.AI_ASSUMED: _("Resolved by the AI, assumed"),
    Outcome.CAME_BACK: _("Came back about the same"),
    Outcome.UNSOLVED: _("Not solved by the AI"),
    Outcome.HANDED_OVER: _("AI, then a person"),
    Outcome.HUMAN: _("A person alone"),
    Outcome.ABANDONED: _("Left without an answer"),
    Outcome.PENDING: _("Not settled yet"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation. `bot_seconds` and `agent_seconds` are the times of every answered turn.

    `watched`: it ended 72 hours ago or more, so that nothing about its outcome will change. `reasons` of its
    hand-overs, in order; `articles` that it was answered from; `inquiry` when it began one.
    """

    id: UUID
    opened_at: datetime
    closed_at: datetime | None
    outcome: Outcome
    watched: bool
    bot_spoke: bool
    bot_answered: bool
    human_spoke: bool
    stars: int | None = None
    bot_seconds: tuple[float, ...] = ()
    agent_seconds: tuple[float, ...] = ()
    reasons: tuple[str, ...] = ()
    articles: frozenset[int] = frozenset()
    inquiry: Inquiry | None = None

    @property
    def settled_outcome(self) -> Outcome:
        """Pending for everyone until 72 hours are over.

        A bad end shows at once and a good one only by waiting: counting what is known early would make recent
        days look worse than they are.
        """
        return self.outcome if self.watched else Outcome.PENDING

    @property
    def was_asked_to_rate(self) -> bool:
        """The question for stars comes when the conversation ends; some answer before."""
        return self.closed_at is not None or self.stars is not None


@dataclass(frozen=True, slots=True)
class Selection:
    """A list of conversations that stands behind a number."""

    key: str
    title: Promise
    holds: Callable[[Case], bool]


def _outcome(*outcomes: Outcome) -> Callable[[Case], bool]:
    return lambda case: case.bot_spoke and case.settled_outcome in outcomes


def _inquiry(holds: Callable[[Inquiry], bool]) -> Callable[[Case], bool]:
    return lambda case: case.inquiry is not None and holds(case.inquiry)


RESOLVED = (Outcome.AI_CONFIRMED, Outcome.AI_ASSUMED)
SETTLED = tuple(outcome for outcome in Outcome if outcome is not Outcome.PENDING)

SELECTIONS: dict[str, Selection] = {
    selection.key: selection
    for selection in (
        Selection("all", _("All conversations"), lambda case: True),
        Selection("ai_resolved", _("Resolved by the AI"), _outcome(*RESOLVED)),
        Selection("ai_confirmed", _("Resolved by the AI, confirmed"), _outcome(Outcome.AI_CONFIRMED)),
        Selection("ai_assumed", _("Resolved by the AI, assumed"), _outcome(Outcome.AI_ASSUMED)),
        Selection("came_back", _("Came back about the same within 72 hours"), _outcome(Outcome.CAME_BACK)),
        Selection("unsolved", _("Not solved by the AI"), _outcome(Outcome.UNSOLVED)),
        Selection("abandoned", _("Left without an answer"), _outcome(Outcome.ABANDONED)),
        Selection("ai_settled", _("Settled conversations in which the AI spoke"), _outcome(*SETTLED)),
        Selection("ai_pending", _("Not settled yet"), _outcome(Outcome.PENDING)),
        Selection("with_person", _("With at least one message by a person"), lambda case: case.human_spoke),
        Selection("handed_over", _("Handed over by the AI"), lambda case: bool(case.reasons)),
        Selection("bot_replies", _("With replies by the AI"), lambda case: bool(case.bot_seconds)),
        Selection("agent_replies", _("With replies by people"), lambda case: bool(case.agent_seconds)),
        Selection("satisfied", _("Rated 4 or 5 stars"), lambda case: (case.stars or 0) >= SATISFIED_FROM),
        Selection("rated", _("With a rating"), lambda case: case.stars is not None),
        Selection("asked_to_rate", _("Asked for a rating"), lambda case: case.was_asked_to_rate),
        Selection(
            "converted",
            _("Inquiries followed by an order"),
            _inquiry(lambda inquiry: not inquiry.open and inquiry.ordered_at is not None),
        ),
        Selection(
            "inquiries", _("Inquiries whose 24 hours are over"), _inquiry(lambda inquiry: not inquiry.open)
        ),
        Selection(
            "open_inquiries",
            _("Inquiries whose 24 hours are running"),
            _inquiry(lambda inquiry: inquiry.open),
        ),
    )
}
