"""Frames that the server sends. `conversation` is null towards customers, who have only one, and left out."""

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

Part = dict[str, Any]


class Frame:
    """A frame on its way out; its type is its class's."""

    __slots__ = ()
    type: ClassVar[str]


def encode(frame: Frame, *, conversation: UUID | None = None) -> str:
    """The frame as JSON text; `conversation` is added for the desk, which watches many."""
    content: dict[str, Any] = {"type": frame.type}
    if conversation is not None:
        content["conversation"] = conversation
    for field in dataclasses.fields(frame):  # type: ignore[arg-type]
        content[field.name] = getattr(frame, field.name)
    return json.dumps(content, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return str(value)


@dataclass(frozen=True, slots=True)
class Welcome(Frame):
    type: ClassVar[str] = "welcome"
    token: str | None
    conversation: UUID
    state: str
    seq: int
    shop: dict[str, str]
    customer: str | None


@dataclass(frozen=True, slots=True)
class DeskWelcome(Frame):
    type: ClassVar[str] = "welcome"
    agent: dict[str, Any]
    colleagues: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class MessageAdded(Frame):
    type: ClassVar[str] = "message"
    seq: int
    id: UUID
    author: str
    name: str
    body: str
    parts: list[Part]
    client_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Ack(Frame):
    type: ClassVar[str] = "ack"
    client_id: UUID
    id: UUID | int
    seq: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class StateChanged(Frame):
    type: ClassVar[str] = "state"
    state: str
    ahead: int
    wait_s: int | None
    agent: str | None


@dataclass(frozen=True, slots=True)
class TicketChanged(Frame):
    type: ClassVar[str] = "ticket"
    number: str
    kind: str
    kind_name: str
    state: str
    state_name: str
    due_at: str


@dataclass(frozen=True, slots=True)
class DeskTicketChanged(TicketChanged):
    allowed: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Typing(Frame):
    type: ClassVar[str] = "typing"
    author: str


@dataclass(frozen=True, slots=True)
class Read(Frame):
    type: ClassVar[str] = "read"
    seq: int


@dataclass(frozen=True, slots=True)
class Rated(Frame):
    type: ClassVar[str] = "rated"
    stars: int


@dataclass(frozen=True, slots=True)
class Thumbed(Frame):
    """The reader's own verdict on the bot's answer of this number, as it is stored."""

    type: ClassVar[str] = "thumbed"
    seq: int
    up: bool


@dataclass(frozen=True, slots=True)
class DeskThumbed(Frame):
    """A verdict on an answer, or on the `article` suggested for a question; `by` is `agent` (himself) or `customer`."""

    type: ClassVar[str] = "thumbed"
    seq: int
    up: bool
    article: str | None
    by: str


@dataclass(frozen=True, slots=True)
class Pong(Frame):
    type: ClassVar[str] = "pong"


@dataclass(frozen=True, slots=True)
class Error(Frame):
    type: ClassVar[str] = "error"
    code: str
    sentence: str
    retry_after: int | None
    client_id: UUID | None


@dataclass(frozen=True, slots=True)
class Inbox(Frame):
    type: ClassVar[str] = "inbox"
    rows: list[Any]
    whole: bool


@dataclass(frozen=True, slots=True)
class NoteAdded(Frame):
    type: ClassVar[str] = "note"
    id: int
    by: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CustomerCard(Frame):
    type: ClassVar[str] = "customer"
    customer: dict[str, Any] | None
    orders: list[Part]
    tickets: list[Part]
    earlier: list[dict[str, Any]]
    page: dict[str, str]


@dataclass(frozen=True, slots=True)
class Suggestion(Frame):
    type: ClassVar[str] = "suggestion"
    items: list[Any]
    why: str
    seq: int | None


@dataclass(frozen=True, slots=True)
class Alert(Frame):
    type: ClassVar[str] = "alert"
    code: str
    sentence: str
