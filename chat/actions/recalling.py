"""Taking back what customers were told: a correction to each of them, or a ticket for each.

The correction is said in the visitor's newest conversation, because that is what his page shows: at once where it is
open, at his next visit where it is not, even when the conversation is closed. It is a message of the system, so it
answers nothing: who waits for a person goes on waiting, and no closed conversation opens.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from chat.actions.announcing import announce
from chat.actions.starting import current_conversation
from chat.learning.told import Told, Window, waiting
from chat.models import Conversation, Correction, JobState, Message, Recall
from chat.writer import lock
from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.common import clock
from cscore.common.errors import Refusal
from cscore.compliance.actions import screen
from cscore.compliance.rules import Scope
from kb.models import ArticleVersion
from tickets.actions import LONGEST_REASON, open_ticket
from tickets.models import Ticket
from tickets.rules import Kind, Origin

LONGEST: Final = 2000
_OPEN: Final = (JobState.QUEUED, JobState.RUNNING)
# Long after its job was tried for the last time: what is still open by then was given up without a word.
_OVER_AFTER: Final = timedelta(hours=6)


class NothingToSay(Refusal):
    code = "chat.nothing-to-say"
    status = 422
    sentence = _("Write what is right instead.")


class CorrectionTooLong(Refusal):
    code = "chat.correction-too-long"
    status = 422
    sentence = _("A correction has at most %(most)s characters.")


class NobodyToTell(Refusal):
    code = "chat.nobody-to-tell"
    sentence = _("Nobody was told this version in that time who has not been told of the mistake already.")


class RecallUnderWay(Refusal):
    code = "chat.recall-under-way"
    status = 409
    sentence = _("This version is being recalled already: wait until that is done.")


def check_correction(*, version: ArticleVersion, body: str, at: datetime) -> str:
    """The correction as it will be said. Raises NothingToSay, CorrectionTooLong and NotSayable."""
    said = body.strip()
    if not said:
        raise NothingToSay
    if len(said) > LONGEST:
        raise CorrectionTooLong(most=LONGEST)
    screen(text=said, scope=Scope.AGENT, shop=version.article.shop, at=at)
    return said


@transaction.atomic
def recall(
    *, version: ArticleVersion, window: Window, body: str, with_tickets: bool, by: User, at: datetime
) -> Recall:
    """Takes the version back from everybody who was told it in the window, in the background.

    Raises what check_correction raises, RecallUnderWay and NobodyToTell.
    """
    said = check_correction(version=version, body=body, at=at)
    # Without the key: on PostgreSQL the bot goes on telling it, which refers to this row, while its hearers are found.
    ArticleVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    if Recall.objects.filter(version=version, state__in=_OPEN, at__gt=at - _OVER_AFTER).exists():
        raise RecallUnderWay
    people = waiting(version, window)
    if not people:
        raise NobodyToTell
    found = Recall.objects.create(
        version=version, told_from=window.told_from, told_until=window.told_until, body=said,
        with_tickets=with_tickets, total=len(people), by=by, at=at,
    )  # fmt: skip
    audit.record(
        by=by, verb="chat.recall", on=found, at=at, shop_key=version.article.shop.key, article=version.article.key,
        version=version.number, conversations=len(people), tickets=with_tickets,
    )  # fmt: skip
    async_task("chat.tasks.recall", found.pk, task_name=f"recall {found.pk}")
    return found


def run_recall(recall_id: int) -> str:
    """Corrects what a recall is about; says how many. May run twice, late, or after it was broken off or failed."""
    rows = Recall.objects.select_related("version__article__shop", "by").exclude(state=JobState.DONE)
    found = rows.filter(pk=recall_id).first()
    if found is None:
        return "nothing to do"
    Recall.objects.filter(pk=found.pk).update(state=JobState.RUNNING, finished_at=None)
    try:
        people = waiting(found.version, Window(found.told_from, found.told_until))
        # Who was told since it was asked for is corrected too; some were corrected before it was broken off.
        total = found.corrections.count() + len(people)
        Recall.objects.filter(pk=found.pk).update(total=total)
        done = sum(_corrected(found, one, clock.now()) for one in people)
    except BaseException:  # the library's word for "took too long" is no Exception
        Recall.objects.filter(pk=found.pk).update(state=JobState.FAILED, finished_at=clock.now())
        raise
    Recall.objects.filter(pk=found.pk).update(state=JobState.DONE, finished_at=clock.now())
    return f"{done} conversations corrected"


@transaction.atomic
def _corrected(found: Recall, told: Told, at: datetime) -> bool:
    """Once per conversation, whoever else runs: looked for again under the lock, and unique in the database."""
    newest = current_conversation(told.conversation.visitor) or told.conversation
    conversation = lock(newest.pk)
    if Correction.objects.filter(recall=found, conversation=told.conversation).exists():
        return False
    if found.with_tickets:
        message, ticket = None, _ticket(found, told.conversation, at)
    else:
        message, ticket = _said_before(found, conversation) or _said(found, conversation, at), None
    Correction.objects.create(
        recall=found, conversation=told.conversation, message=message, ticket=ticket, at=at
    )
    return True


def _said_before(found: Recall, conversation: Conversation) -> Message | None:
    """Who was told in two conversations is corrected in his newest one, once, also by two recalls one after another."""
    same = {"recall__version": found.version_id, "recall__body": found.body}
    earlier = Correction.objects.filter(message__conversation=conversation, **same).select_related("message")
    before = earlier.first()
    return before.message if before else None


def _said(found: Recall, conversation: Conversation, at: datetime) -> Message:
    return announce(
        conversation,
        _("A correction to our answer on “%(question)s”: %(correction)s"),
        at=at,
        question=found.version.question,
        correction=found.body,
    )


def _reason(found: Recall) -> str:
    """What colleagues read on the ticket."""
    sentence = _("Was told a wrong answer to “%(question)s” (version %(number)s). Right is: %(correction)s")
    told = {"question": found.version.question, "number": found.version.number, "correction": found.body}
    return str(sentence % told)[:LONGEST_REASON]


def _ticket(found: Recall, conversation: Conversation, at: datetime) -> Ticket:
    ticket = open_ticket(
        shop=found.version.article.shop,
        kind=Kind.CALLBACK,
        reason=_reason(found),
        customer=conversation.customer,
        order=None,
        item=None,
        origin=Origin.STAFF,
        origin_ref=str(conversation.pk),
        by=found.by,
        at=at,
    )
    conversation.tickets.add(ticket)
    return ticket
