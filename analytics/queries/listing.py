"""Conversations of a list, with what a reader wants to know of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from analytics.kpis.cases import OUTCOME_NAMES, Case
from chat.models import Conversation, HandOff, HandOffReason, State

CHUNK = 500


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One row. `customer` is a name on the page; an export has `customer_number`, the shop's own number, only."""

    case: Case
    number: str
    state: str
    outcome: str
    customer: str
    customer_number: str
    agent: str
    reasons: str
    question: str
    messages: int
    comment: str


def listed(cases: Sequence[Case]) -> list[ListedCase]:
    """The rows of these cases, in their order. Two queries."""
    ids = [case.id for case in cases]
    found = Conversation.objects.select_related("customer", "agent").in_bulk(ids)
    handed_over = _hand_overs(ids)
    return [_row(case, found[case.id], handed_over[case.id]) for case in cases if case.id in found]


def listed_in_chunks(cases: Sequence[Case]) -> Iterator[ListedCase]:
    """The same for any number of cases, a few hundred at a time."""
    for start in range(0, len(cases), CHUNK):
        yield from listed(cases[start : start + CHUNK])


def _hand_overs(ids: Iterable[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows = HandOff.objects.filter(conversation__in=list(ids)).order_by("at", "pk")
    for conversation, reason, question in rows.values_list("conversation_id", "reason", "question"):
        found[conversation].append((str(HandOffReason(reason).label), question))
    return found


def _row(case: Case, conversation: Conversation, handed_over: Sequence[tuple[str, str]]) -> ListedCase:
    customer = conversation.customer
    return ListedCase(
        case=case,
        number=conversation.number,
        state=str(State(conversation.state).label),
        outcome=str(OUTCOME_NAMES[case.outcome]),
        customer=customer.name if customer else "",
        customer_number=customer.external_id if customer else "",
        agent=str(conversation.agent) if conversation.agent else "",
        reasons=", ".join(reason for reason, _ in handed_over),
        question=handed_over[-1][1] if handed_over else "",
        messages=conversation.last_seq,
        comment=conversation.comment,
    )
