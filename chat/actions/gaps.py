"""Gaps in the knowledge: finding them, and closing them with a draft, as a phrasing, or not at all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from chat.learning.gap_list import look_name
from chat.learning.gaps import LONGEST, Missed, missed_questions
from chat.models import Gap, GapQuestion, GapState
from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb import live
from kb.actions import save_draft, save_drafts
from kb.actions.base import OfAnotherShop
from kb.matching.grouping import grouped, typical
from kb.matching.reader import Reader
from kb.models import Article, ArticleVersion
from kb.queries import batches, draft_of
from kb.rules import LONGEST_QUESTION, MOST_PHRASINGS

MOST_EXAMPLES: Final = 10
# Of a gap's wordings so many are compared with a new question: each has to be read.
COMPARED_WITH: Final = 3
MOST_REPLIES: Final = 3
# A gap that somebody decided comes back when it was asked so often since.
COMES_BACK_AFTER: Final = 3


class AlreadyDecided(Refusal):
    code = "chat.gap-decided"
    status = 409
    sentence = _("Somebody has decided on this gap already.")


class NothingToAdd(Refusal):
    code = "chat.nothing-to-add"
    sentence = _("“%(question)s” has all of these phrasings already.")


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking for gaps came to."""

    questions: int = 0
    new: int = 0
    grown: int = 0


# --- Finding ------------------------------------------------------------------------------------------------


def look_for_gaps(*, shop: Shop, at: datetime) -> Looked:
    """Puts what customers asked in vain since the last look into gaps. May run twice or side by side with itself."""
    while True:
        knowledge = live.knowledge(shop.pk)
        reader = knowledge.matcher.knowledge.model.reader
        # Reading takes seconds, and on SQLite whoever holds the lock keeps every customer waiting: first read ...
        missed = missed_questions(shop.pk, reader, at)
        if not missed:
            return Looked()
        gaps = list(Gap.objects.filter(shop=shop).order_by("pk"))
        groups = grouped(reader, [_told_by(gap) for gap in gaps], [one.text for one in missed])
        found: dict[int, list[Missed]] = {}
        for one, group in zip(missed, groups, strict=True):
            found.setdefault(group, []).append(one)
        new = {group: _named(reader, some) for group, some in found.items() if group >= len(gaps)}
        # ... and then write, unless somebody was faster.
        if _kept(shop, gaps, found, new, at):
            return Looked(len(missed), len(new), len(found) - len(new))


def _told_by(gap: Gap) -> list[str]:
    """The gap's own question and a few of its other wordings: enough to know what it is about."""
    others = [str(row["text"]) for row in gap.examples if row["text"] != gap.question]
    return [gap.question, *others][:COMPARED_WITH]


def _named(reader: Reader, some: Sequence[Missed]) -> str:
    return some[typical(reader, [one.text for one in some])].text[:LONGEST]


def ask_to_look(*, shop: Shop) -> str:
    """Has look_for_gaps run in the background; returns the job's id, see chat.learning.gap_list.look_is_over."""
    return str(async_task("chat.tasks.find_gaps", shop.pk, task_name=look_name(shop)))


@transaction.atomic
def _kept(
    shop: Shop,
    gaps: Sequence[Gap],
    found: Mapping[int, Sequence[Missed]],
    new: Mapping[int, str],
    at: datetime,
) -> bool:
    # Without the key: on PostgreSQL whoever begins a conversation in the shop meanwhile need not wait for this.
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    messages = [one.message for some in found.values() for one in some]
    if any(GapQuestion.objects.filter(message__in=part).exists() for part in batches(messages)):
        return False
    touched: dict[int, Gap] = {}
    for group, some in found.items():
        first, last = min(one.at for one in some), max(one.at for one in some)
        gap = (
            Gap.objects.create(shop=shop, question=new[group], first_at=first, last_at=last)
            if group in new
            else Gap.objects.select_for_update().get(pk=gaps[group].pk)
        )
        GapQuestion.objects.bulk_create(
            GapQuestion(gap=gap, message_id=one.message, reason=one.reason, minutes=one.minutes)
            for one in some
        )
        gap.examples = _examples(gap, some)
        gap.replies = _replies(gap, some)
        touched[gap.pk] = gap
    _counted(touched)
    for gap in touched.values():
        gap.save()
        _back(gap, at)
    return True


def _examples(gap: Gap, some: Sequence[Missed]) -> list[dict[str, str]]:
    """The newest wordings, each once."""
    newest = sorted(some, key=lambda one: one.at, reverse=True)
    rows = [{"text": one.text, "conversation": str(one.conversation)} for one in newest]
    return _once([*rows, *gap.examples])[:MOST_EXAMPLES]


def _replies(gap: Gap, some: Sequence[Missed]) -> list[dict[str, Any]]:
    """The best of what people answered, each text once."""
    rows: list[dict[str, Any]] = [
        asdict(reply) | {"conversation": str(reply.conversation)} for one in some for reply in one.replies
    ]
    return _once(sorted([*gap.replies, *rows], key=lambda row: -int(row["worth"])))[:MOST_REPLIES]


def _once(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({row["text"]: row for row in reversed(list(rows))}.values())[::-1]


def _counted(gaps: Mapping[int, Gap]) -> None:
    """What the rows of each gap come to."""
    columns = (
        "gap", "reason", "minutes", "message__at",
        "message__conversation__customer", "message__conversation__visitor",
    )  # fmt: skip
    tallies = {pk: _Tally() for pk in gaps}
    for part in batches(list(gaps)):
        for pk, reason, minutes, at, customer, visitor in GapQuestion.objects.filter(
            gap__in=part
        ).values_list(*columns):
            tallies[pk].add(reason, minutes, at, (customer, 0 if customer else visitor))
    for pk, tally in tallies.items():
        gap = gaps[pk]
        gap.count, gap.customers = tally.reasons.total(), len(tally.customers)
        gap.minutes, gap.reasons = round(tally.minutes, 2), dict(tally.reasons)
        gap.first_at, gap.last_at = min(tally.times), max(tally.times)


@dataclass(slots=True)
class _Tally:
    reasons: Counter[str] = field(default_factory=Counter)
    customers: set[tuple[int | None, int]] = field(default_factory=set)
    times: list[datetime] = field(default_factory=list)
    minutes: float = 0.0

    def add(self, reason: str, minutes: float, at: datetime, who: tuple[int | None, int]) -> None:
        self.reasons[reason] += 1
        self.customers.add(who)
        self.times.append(at)
        self.minutes += minutes


def _back(gap: Gap, at: datetime) -> None:
    """Opens a decided gap again when customers went on asking."""
    if gap.decided_at is None:
        return
    if gap.questions.filter(message__at__gt=gap.decided_at).count() >= COMES_BACK_AFTER:
        _settle(gap, GapState.OPEN, by=None, at=at)


# --- Deciding -----------------------------------------------------------------------------------------------


@transaction.atomic
def draft_from_gap(*, gap: Gap, by: User, at: datetime) -> ArticleVersion:
    """A draft of an article: the gap's question, its other wordings, and the best human reply as the answer.

    Raises AlreadyDecided, and what save_draft raises.
    """
    gap = _open(gap)
    answer = str(gap.replies[0]["text"]) if gap.replies else ""
    version = save_draft(
        shop=gap.shop, key="", category=None, question=gap.question, phrasings=_wordings(gap), answer=answer,
        by=by, at=at,
    )  # fmt: skip
    gap.article = version.article
    _settle(gap, GapState.DRAFTED, by=by, at=at)
    return version


@transaction.atomic
def add_as_phrasings(*, gap: Gap, article: Article, by: User, at: datetime) -> ArticleVersion:
    """The gap's wordings as phrasings of an article, in a new draft of it; returns the draft.

    Raises AlreadyDecided, NothingToAdd, OfAnotherShop, and what save_drafts raises.
    """
    gap = _open(gap)
    if article.shop_id != gap.shop_id or article.latest_version is None:
        raise OfAnotherShop
    before = draft_of(article.latest_version)
    known = {before.question, *before.phrasings}
    added = [wording for wording in (gap.question, *_wordings(gap)) if wording not in known]
    if not added:
        raise NothingToAdd(question=before.question)
    [version] = save_drafts(
        shop=gap.shop,
        drafts=[replace(before, phrasings=(*before.phrasings, *added)[:MOST_PHRASINGS])],
        by=by,
        at=at,
    )
    gap.article = article
    _settle(gap, GapState.ADDED, by=by, at=at)
    return version


@transaction.atomic
def dismiss(*, gap: Gap, by: User, at: datetime) -> None:
    """No article is wanted for this. Raises AlreadyDecided."""
    _settle(_open(gap), GapState.DISMISSED, by=by, at=at)


@transaction.atomic
def reopen(*, gap: Gap, by: User, at: datetime) -> None:
    """To be decided anew."""
    _settle(Gap.objects.select_for_update().get(pk=gap.pk), GapState.OPEN, by=by, at=at)


def _open(gap: Gap) -> Gap:
    """The gap as it is now, locked."""
    fresh = Gap.objects.select_for_update(of=("self",)).select_related("shop").get(pk=gap.pk)
    if fresh.state != GapState.OPEN:
        raise AlreadyDecided
    return fresh


def _wordings(gap: Gap) -> list[str]:
    """The examples that can stand as phrasings: without a word that stands for somebody's data."""
    texts = (str(example["text"])[:LONGEST_QUESTION] for example in gap.examples)
    return [text for text in texts if text != gap.question and "[" not in text]


def _settle(gap: Gap, state: GapState, *, by: User | None, at: datetime) -> None:
    gap.state = state
    gap.decided_at, gap.decided_by = (None, None) if state == GapState.OPEN else (at, by)
    gap.save(update_fields=["state", "decided_at", "decided_by", "article"])
    details = {"article": gap.article.key} if gap.article else {}
    audit.record(
        by=by, verb=f"chat.gap-{state}", on=gap, at=at, shop_key=gap.shop.key, questions=gap.count, **details
    )
