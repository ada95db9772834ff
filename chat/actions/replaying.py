"""Asking past questions of drafts before they go live: ordering a replay, and running it in the background."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from chat.learning import results
from chat.learning.past import past_questions
from chat.learning.reading import Age, age
from chat.learning.replaying import compared, told_then
from chat.models import JobState, Replay
from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.errors import Refusal
from cscore.compliance.queries import checker_for
from kb import golden, lookalikes
from kb.actions import publish
from kb.findings import blocks, found_in
from kb.foresight import prospect, taken_in
from kb.models import Article, ArticleVersion
from kb.queries import batches, draft_of
from kb.waiting import MOST_WAITING

# Older ones of the shop are forgotten.
KEPT: Final = 30
MOST_DRAFTS: Final = MOST_WAITING
_SAY_EVERY_S: Final = 1.0
_OPEN: Final = (JobState.QUEUED, JobState.RUNNING)
# Long after its job was tried for the last time: what is still open by then was given up without a word.
_OVER_AFTER: Final = timedelta(hours=6)


class NothingToReplay(Refusal):
    code = "chat.nothing-to-replay"
    sentence = _("There is nothing to replay: customers already see all of this.")


class TooManyDrafts(Refusal):
    code = "chat.too-many-drafts"
    sentence = _("At most %(most)s drafts are replayed at once.")


class DraftsOfTwoShops(Refusal):
    code = "chat.drafts-of-two-shops"
    sentence = _("Choose drafts of one shop: each shop has its own customers.")


class DraftChangedSince(Refusal):
    code = "chat.draft-changed-since"
    status = 409
    sentence = _(
        "Nothing went live: a draft was changed or archived after this replay. Replay the latest text before you "
        "publish."
    )


class ReleasedSince(Refusal):
    code = "chat.released-since"
    status = 409
    sentence = _(
        "Nothing went live: something else did after this replay. Replay again, or publish knowing that this replay "
        "is out of date."
    )


class NotReplayedYet(Refusal):
    code = "chat.not-replayed-yet"
    status = 409
    sentence = _("Nothing went live: this replay is not finished.")


class _Stale(Exception):  # noqa: N818 - the drafts moved on, nothing went wrong
    """What is replayed is not the latest text any more."""


@transaction.atomic
def ask_replay(*, versions: Iterable[ArticleVersion], by: User | None, at: datetime) -> Replay:
    """Has the shop's newest questions asked of these drafts and of what is live, in the background.

    The same drafts that are being replayed already are not replayed twice. Raises NothingToReplay, TooManyDrafts and
    DraftsOfTwoShops.
    """
    drafts = [version for version in versions if version.article.live_version_id != version.pk]
    if not drafts:
        raise NothingToReplay
    if len(drafts) > MOST_DRAFTS:
        raise TooManyDrafts(most=MOST_DRAFTS)
    shop = drafts[0].article.shop
    if any(version.article.shop_id != shop.pk for version in drafts):
        raise DraftsOfTwoShops
    ids = sorted(version.pk for version in drafts)
    mine = Replay.objects.filter(shop=shop)
    for running in mine.filter(state__in=_OPEN, asked_at__gt=at - _OVER_AFTER):
        if running.versions == ids:
            return running
    replay = Replay.objects.create(shop=shop, versions=ids, asked_by=by, asked_at=at)
    audit.record(by=by, verb="chat.replay", on=replay, at=at, shop_key=shop.key, drafts=len(ids))
    async_task("chat.tasks.replay", replay.pk, task_name=f"replay {replay.pk}")
    old = mine.order_by("-asked_at", "-pk").values_list("pk", flat=True)[KEPT:]
    mine.filter(pk__in=list(old)).delete()
    return replay


def publish_replayed(
    *, replay: Replay, by: User, at: datetime, despite: str = "", is_outdated: bool = False
) -> int:
    """Makes the replayed drafts live, these very texts and no others; returns the release.

    `is_outdated`: the person knows that something else went live since the replay. Raises NotReplayedYet,
    DraftChangedSince, ReleasedSince and what kb's publish raises.
    """
    if replay.state != JobState.DONE:
        raise NotReplayedYet
    found = age(replay)
    if found is Age.DRAFT_CHANGED:
        raise DraftChangedSince
    if found is Age.RELEASED_SINCE and not is_outdated:
        raise ReleasedSince
    return publish(versions=versions_of(replay), by=by, at=at, despite=despite)


def versions_of(replay: Replay) -> list[ArticleVersion]:
    """The drafts that were replayed, with their articles."""
    rows = ArticleVersion.objects.select_related("article__shop", "article__live_version").order_by("pk")
    return [version for some in batches(replay.versions) for version in rows.filter(pk__in=some)]


def run_replay(replay_id: int) -> str:
    """Runs a replay that was asked for; says what came of it. May run twice, late, or after it failed or is gone."""
    replay = Replay.objects.select_related("shop").filter(pk=replay_id, result={}).first()
    if replay is None:
        return "nothing to do"
    Replay.objects.filter(pk=replay_id, result={}).update(state=JobState.RUNNING, finished_at=None)
    try:
        result = _run(replay)
    except _Stale:
        _tell(replay, state=JobState.FAILED, result={"stale": True}, finished_at=clock.now())
        return "the drafts changed meanwhile"
    except BaseException:  # the library's word for "took too long" is no Exception
        _tell(replay, state=JobState.FAILED, finished_at=clock.now())
        raise
    _tell(replay, state=JobState.DONE, done=replay.total, result=result, finished_at=clock.now())
    return f"{result['asked'][0]} questions asked"


def _run(replay: Replay) -> dict[str, Any]:
    drafts = _drafts(replay)
    taken = taken_in(drafts)
    view = prospect(replay.shop_id, drafts, [article.key for article in taken])
    heirs = {question.question: heir.key for question, heir in golden.heirs_of(taken)}
    questions = past_questions(replay.shop_id)
    _tell(replay, release=view.live.release, total=len(questions), done=0)
    found = compared(view, questions, clock.now(), _Progress(replay))
    return results.as_json(
        found,
        _hits(replay.shop, drafts, told_then(found)),
        golden.regressions(golden.questions_of(replay.shop_id, heirs), view),
        lookalikes.of_versions(view.then, drafts),
    )


@dataclass(slots=True)
class _Progress:
    """Writes down how far a replay has got, once a second; raises _Stale when its drafts are not the latest any more."""

    replay: Replay
    said_at: float = 0.0

    def __call__(self, done: int) -> None:
        if monotonic() - self.said_at < _SAY_EVERY_S:
            return
        self.said_at = monotonic()
        if not _still_latest(self.replay.versions) or not _tell(self.replay, done=done):
            raise _Stale


def _tell(replay: Replay, **news: Any) -> bool:
    """Writes these fields; False when the row is gone or somebody else finished it."""
    for name, value in news.items():
        setattr(replay, name, value)
    return bool(Replay.objects.filter(pk=replay.pk, state__in=_OPEN).update(**news))


def _drafts(replay: Replay) -> list[ArticleVersion]:
    """The drafts with their articles. Raises _Stale when one of them is not the latest text any more."""
    if not _still_latest(replay.versions):
        raise _Stale
    return versions_of(replay)


def _still_latest(ids: Sequence[int]) -> bool:
    latest = Article.objects.filter(archived_at=None)
    return sum(latest.filter(latest_version__in=some).count() for some in batches(ids)) == len(ids)


def _hits(shop: Shop, drafts: Iterable[ArticleVersion], told: Mapping[str, int]) -> list[results.Hit]:
    """What the wording rules say of the drafts now and do not say of what is live in their place."""
    checker, at = checker_for(shop), clock.now()
    hits = []
    for version in drafts:
        live = version.article.live_version
        if live is not None:
            live.article = version.article
        known = {_words(finding) for finding in found_in(checker, draft_of(live), at)} if live else set()
        for finding in found_in(checker, draft_of(version), at):
            if _words(finding) not in known:
                known.add(_words(finding))
                key = version.article.key
                hits.append(
                    results.Hit(
                        key, finding["text"], finding["suggestion"], blocks(finding), told.get(key, 0)
                    )
                )
    return hits


def _words(finding: Mapping[str, Any]) -> tuple[str, str]:
    return finding["rule"], finding["text"]
