"""Frames that a customer's page sends."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from chat.protocol import checks
from chat.protocol.checks import taken

TOKEN_CHARACTERS = 200
IDENTITY_CHARACTERS = 4_000
LOCALES = frozenset(code for code, _ in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Hello:
    """`conversation` says in which conversation `since` counts; another one is sent from its beginning."""

    token: str | None = taken(checks.optional(checks.text(TOKEN_CHARACTERS)))
    identity: str | None = taken(checks.optional(checks.text(IDENTITY_CHARACTERS)))
    since: int = taken(checks.whole(0))
    locale: str = taken(checks.one_of(LOCALES))
    page: dict[str, str] | None = taken(checks.optional(checks.page), default=None)
    conversation: UUID | None = taken(checks.optional(checks.uuid), default=None)


@dataclass(frozen=True, slots=True)
class Send:
    client_id: UUID = taken(checks.uuid)
    body: str = taken(checks.text(checks.BODY_CHARACTERS))


@dataclass(frozen=True, slots=True)
class Choose:
    client_id: UUID = taken(checks.uuid)
    choice: str = taken(checks.text(checks.NAME_CHARACTERS))


@dataclass(frozen=True, slots=True)
class Human:
    client_id: UUID = taken(checks.uuid)


@dataclass(frozen=True, slots=True)
class Typing:
    pass


@dataclass(frozen=True, slots=True)
class Read:
    seq: int = taken(checks.whole(0))


@dataclass(frozen=True, slots=True)
class Rate:
    stars: int = taken(checks.whole(1, 5))
    comment: str | None = taken(
        checks.optional(checks.text(checks.COMMENT_CHARACTERS, blank=True)), default=None
    )


@dataclass(frozen=True, slots=True)
class Thumb:
    """`seq` is the number of the bot's answer."""

    seq: int = taken(checks.whole(1))
    up: bool = taken(checks.flag)


@dataclass(frozen=True, slots=True)
class Ping:
    pass


FRAMES: dict[str, type] = {
    "hello": Hello,
    "send": Send,
    "choose": Choose,
    "human": Human,
    "typing": Typing,
    "read": Read,
    "rate": Rate,
    "thumb": Thumb,
    "ping": Ping,
}
