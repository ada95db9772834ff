"""From what rows and verbs say to frames."""

from uuid import UUID

from chat.models import Message, Note
from chat.protocol import outgoing
from chat.queries.queue import Standing
from chat.queries.transcript import Line
from cscore.common.errors import Refusal
from tickets.models import Ticket
from tickets.queries import ticket_card

# Codes of refusals from other storeys, as the protocol names them; any other unknown code is a bad field.
CODES = {
    "compliance.not-sayable": "not-sayable",
    "bad-identity": "not-allowed",
    "sign-in-first": "not-allowed",
    "not-on-the-team": "not-found",
    "foreign-customer": "not-found",
    "foreign-order": "not-found",
    "foreign-item": "not-found",
}
OWN_CODES = frozenset(
    [
        "bad-json",
        "unknown-type",
        "bad-field",
        "hello-first",
        "too-long",
        "empty",
        "bad-text",
        "rate-limited",
        "conflict",
        "closed",
        "not-found",
        "not-allowed",
        "taken",
        "full",
        "not-yours",
        "bad-move",
        "not-sayable",
        "busy",
    ]
)


def refused(refusal: Refusal, client_id: UUID | None) -> outgoing.Error:
    """The refusal as a frame, in the language active now."""
    code = CODES.get(refusal.code, refusal.code)
    retry_after = refusal.details.get("retry_after")
    return outgoing.Error(
        code=code if code in OWN_CODES else "bad-field",
        sentence=str(refusal),
        retry_after=retry_after if isinstance(retry_after, int) else None,
        client_id=client_id,
    )


def message(line: Line, *, reader_key: str) -> outgoing.MessageAdded:
    """The line as its reader may see it: the client_id of his own messages only."""
    return outgoing.MessageAdded(
        seq=line.seq,
        id=line.id,
        author=line.author,
        name=line.name,
        body=line.body,
        parts=line.parts,
        client_id=line.client_id if line.sender_key == reader_key else None,
        at=line.at,
    )


def ack(stored: Message | Note, client_id: UUID) -> outgoing.Ack:
    """What is acknowledged: the number only of what has one."""
    seq = stored.seq if isinstance(stored, Message) else None
    return outgoing.Ack(client_id=client_id, id=stored.pk, seq=seq, at=stored.at)


def state(standing: Standing) -> outgoing.StateChanged:
    return outgoing.StateChanged(standing.state, standing.ahead, standing.wait_s, standing.agent)


def ticket(row: Ticket) -> outgoing.TicketChanged:
    return outgoing.TicketChanged(**ticket_card(row).as_fields())


def desk_ticket(row: Ticket) -> outgoing.DeskTicketChanged:
    card = ticket_card(row)
    return outgoing.DeskTicketChanged(**card.as_fields(), allowed=card.allowed())
