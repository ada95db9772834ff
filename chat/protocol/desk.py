"""Frames that an agent's desk sends."""

from dataclasses import dataclass
from uuid import UUID

from chat.protocol import checks
from chat.protocol.checks import taken
from chat.protocol.customer import Ping

REASON_CHARACTERS = 500
NOTE_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Hello:
    cursors: dict[UUID, int] = taken(checks.cursors, default_factory=dict)


@dataclass(frozen=True, slots=True)
class Presence:
    available: bool = taken(checks.flag)
    capacity: int | None = taken(checks.optional(checks.whole(1, 20)), default=None)


@dataclass(frozen=True, slots=True)
class Open:
    conversation: UUID = taken(checks.uuid)
    since: int = taken(checks.whole(0), default=0)


@dataclass(frozen=True, slots=True)
class Take:
    conversation: UUID = taken(checks.uuid)


@dataclass(frozen=True, slots=True)
class Send:
    conversation: UUID = taken(checks.uuid)
    client_id: UUID = taken(checks.uuid)
    body: str = taken(checks.text(checks.BODY_CHARACTERS))


@dataclass(frozen=True, slots=True)
class Note:
    conversation: UUID = taken(checks.uuid)
    client_id: UUID = taken(checks.uuid)
    body: str = taken(checks.text(checks.BODY_CHARACTERS))


@dataclass(frozen=True, slots=True)
class Transfer:
    conversation: UUID = taken(checks.uuid)
    to: str = taken(checks.text(checks.NAME_CHARACTERS))


@dataclass(frozen=True, slots=True)
class Release:
    conversation: UUID = taken(checks.uuid)


@dataclass(frozen=True, slots=True)
class Close:
    conversation: UUID = taken(checks.uuid)


@dataclass(frozen=True, slots=True)
class OpenTicket:
    conversation: UUID = taken(checks.uuid)
    client_id: UUID = taken(checks.uuid)
    kind: str = taken(checks.text(checks.NAME_CHARACTERS))
    reason: str = taken(checks.text(REASON_CHARACTERS))
    order: str | None = taken(checks.optional(checks.text(checks.NAME_CHARACTERS)), default=None)
    item: int | None = taken(checks.optional(checks.whole(1)), default=None)


@dataclass(frozen=True, slots=True)
class MoveTicket:
    """`conversation` says whose ticket is meant when shops of the agent use the same number."""

    number: str = taken(checks.text(checks.NAME_CHARACTERS))
    state: str = taken(checks.text(checks.NAME_CHARACTERS))
    note: str = taken(checks.text(NOTE_CHARACTERS, blank=True), default="")
    conversation: UUID | None = taken(checks.optional(checks.uuid), default=None)


@dataclass(frozen=True, slots=True)
class Suggest:
    conversation: UUID = taken(checks.uuid)
    text: str = taken(checks.text(checks.BODY_CHARACTERS))


@dataclass(frozen=True, slots=True)
class Thumb:
    """`seq` is the number of the bot's answer; with `article`, suggested for it, that of the customer's question."""

    conversation: UUID = taken(checks.uuid)
    seq: int = taken(checks.whole(1))
    up: bool = taken(checks.flag)
    article: str | None = taken(checks.optional(checks.text(checks.NAME_CHARACTERS)), default=None)


@dataclass(frozen=True, slots=True)
class Typing:
    conversation: UUID = taken(checks.uuid)


@dataclass(frozen=True, slots=True)
class Read:
    conversation: UUID = taken(checks.uuid)
    seq: int = taken(checks.whole(0))


FRAMES: dict[str, type] = {
    "hello": Hello,
    "presence": Presence,
    "open": Open,
    "take": Take,
    "send": Send,
    "note": Note,
    "transfer": Transfer,
    "release": Release,
    "close": Close,
    "open_ticket": OpenTicket,
    "move_ticket": MoveTicket,
    "suggest": Suggest,
    "thumb": Thumb,
    "typing": Typing,
    "read": Read,
    "ping": Ping,
}
