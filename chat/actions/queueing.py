"""Who has a chat: taking it from the queue, giving it back, passing it on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chat import rules
from chat.actions.announcing import announce
from chat.actions.refusals import Full, NotThere, NotYours, Taken
from chat.models import Conversation, Presence, State
from chat.writer import lock
from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.common.errors import NotFound


@transaction.atomic
def take(*, conversation: Conversation, by: User, at: datetime) -> Conversation:
    """One conditional update decides between agents who take at the same time. Raises Taken or Full.

    Who supervises may also take a chat from the bot.
    """
    _check_capacity(by, at=at)
    takeable = [State.WAITING, State.BOT] if by.may(Permission.CHAT_SUPERVISE) else [State.WAITING]
    won = Conversation.objects.filter(pk=conversation.pk, state__in=takeable).update(
        state=State.HUMAN, agent=by, taken_at=at
    )
    if not won:
        raise Taken
    conversation = lock(conversation.pk)
    announce(conversation, _("%(agent)s is here for you now."), at=at, agent=by.get_full_name())
    _record(conversation, "chat.take", by, at)
    return conversation


@transaction.atomic
def release(*, conversation: Conversation, by: User, at: datetime) -> Conversation:
    """Back to the queue, where the conversation keeps its place. Raises NotYours."""
    conversation = _held(conversation, by)
    conversation.state, conversation.agent = State.WAITING, None
    conversation.waiting_since = conversation.waiting_since or at
    conversation.save(update_fields=["state", "agent", "waiting_since"])
    announce(
        conversation, _("You are waiting for the next colleague; your place in the queue is kept."), at=at
    )
    _record(conversation, "chat.release", by, at)
    return conversation


@transaction.atomic
def transfer(*, conversation: Conversation, to: str, by: User, at: datetime) -> Conversation:
    """To a colleague (by username) who serves this shop and is there. Raises NotYours, NotFound, NotThere, Full."""
    conversation = _held(conversation, by)
    colleague = conversation.shop.staff.filter(username=to, is_active=True).first()
    if colleague is None or not colleague.may(Permission.CHAT_SERVE) or colleague == conversation.agent:
        raise NotFound
    presence = Presence.objects.filter(agent=colleague).first()
    if not presence or not rules.is_present(available=presence.available, seen_at=presence.seen_at, at=at):
        raise NotThere(agent=colleague.get_full_name())
    _check_capacity(colleague, at=at)
    conversation.agent, conversation.taken_at = colleague, at
    conversation.save(update_fields=["agent", "taken_at"])
    announce(conversation, _("%(agent)s goes on from here."), at=at, agent=colleague.get_full_name())
    _record(conversation, "chat.transfer", by, at, to=colleague.username)
    return conversation


def _held(conversation: Conversation, by: User) -> Conversation:
    """The locked conversation, when an agent has it and `by` is he or supervises."""
    conversation = lock(conversation.pk)
    if conversation.state != State.HUMAN or not (
        conversation.agent == by or by.may(Permission.CHAT_SUPERVISE)
    ):
        raise NotYours
    return conversation


def _check_capacity(agent: User, *, at: datetime) -> None:
    """Raises Full; the agent's presence row is locked, so that two desks of his count one after the other."""
    Presence.objects.get_or_create(agent=agent, defaults={"seen_at": at})
    presence = Presence.objects.select_for_update().get(agent=agent)
    if Conversation.objects.filter(agent=agent, state=State.HUMAN).count() >= presence.capacity:
        raise Full(agent=agent.get_full_name())


def _record(conversation: Conversation, verb: str, by: User, at: datetime, **details: str) -> None:
    audit.record(by=by, verb=verb, on=conversation, at=at, shop_key=conversation.shop.key, **details)
