"""A message sent again is the message that was stored the first time."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from chat.models import Conversation, Message
from chat.writer.draft import digest
from cscore.common.errors import Refusal


class AlreadySentDifferently(Refusal):
    code = "conflict"
    status = 409
    sentence = _("Another message was already sent under this id; it stays as it was.")


def sent_before(
    *, conversations: Iterable[Conversation], sender_key: str, client_id: UUID, sent: str
) -> Message | None:
    """The message of this sender and id stored in one of the conversations. There is no time window.

    Raises AlreadySentDifferently when something else was sent under the id.
    """
    stored = Message.objects.filter(
        conversation__in=conversations, sender_key=sender_key, client_id=client_id
    ).first()
    if stored and stored.body_hash != digest(sent):
        raise AlreadySentDifferently
    return stored
