"""A message before it has a number."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chat.models import Author


@dataclass(frozen=True, slots=True)
class Draft:
    """`sender_key` and `client_id` together name what one sender sent once; system and bot mostly have no client_id.

    `sent` is what the sender's frame said when that is not the body itself (a choice, a button): the same
    client_id with another `sent` is a conflict.
    """

    author: Author
    sender_key: str
    body: str
    client_id: UUID | None = None
    agent_id: int | None = None
    parts: tuple[dict[str, Any], ...] = ()
    article_version_id: int | None = None
    sent: str | None = None

    @property
    def body_hash(self) -> str:
        """SHA-256 of what was sent, to tell a resend from another message under the same client_id."""
        return digest(self.body if self.sent is None else self.sent)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def visitor_key(visitor_id: int) -> str:
    return f"visitor:{visitor_id}"


def agent_key(agent_id: int) -> str:
    return f"agent:{agent_id}"
