"""What an agent should hear of at once, seen from how a row of the inbox changed."""

from django.utils.translation import gettext as _

from chat.models import HandOffReason, State
from chat.protocol.outgoing import Alert
from chat.queries.inbox import InboxRow


def alert_for(before: InboxRow | None, now: InboxRow) -> Alert | None:
    """A chat that a colleague passed on to the reader, an upset customer who began to wait, or one of a colleague's."""
    was_waiting = before is not None and before.state == State.WAITING
    if now.mine and not (before and before.mine) and (before is None or before.state == State.HUMAN):
        return Alert("transferred", _("%(customer)s was passed on to you.") % {"customer": now.customer})
    if now.state == State.WAITING and not was_waiting and now.reason == HandOffReason.NEGATIVE_EMOTION:
        return Alert("upset", _("%(customer)s is upset and waits.") % {"customer": now.customer})
    if now.displeased and not (before and before.displeased):
        words = _("%(customer)s is displeased in the chat with %(agent)s.")
        return Alert("displeased", words % {"customer": now.customer, "agent": now.agent})
    return None
