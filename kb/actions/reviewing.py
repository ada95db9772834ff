"""The way of a version from its author to customers: asking for a review, approving, sending back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.common.errors import Refusal
from kb.actions.base import opened, record
from kb.models import Article, ArticleVersion, KnowledgeBase, Review, ReviewState, Verdict
from kb.rules import EmptyAnswer

LONGEST_NOTE = 500


class NothingToReview(Refusal):
    code = "kb.nothing-to-review"
    sentence = _("There is nothing to review: customers already see this.")


class AlreadyAsked(Refusal):
    code = "kb.already-asked"
    sentence = _("The review of “%(question)s” has been asked for already.")


class NotInReview(Refusal):
    code = "kb.not-in-review"
    status = 409
    sentence = _("“%(question)s” is not in review.")


class NotTheLatest(Refusal):
    code = "kb.not-the-latest"
    status = 409
    sentence = _("There is a newer version than %(number)s by now: read that one first.")


class OwnVersion(Refusal):
    code = "kb.own-version"
    status = 403
    sentence = _("You wrote this version of “%(question)s”: somebody else must approve it.")


class NoteNeeded(Refusal):
    code = "kb.note-needed"
    sentence = _("Say what must change.")


class NoteTooLong(Refusal):
    code = "kb.note-too-long"
    sentence = _("A note has at most %(most)s characters.")


@transaction.atomic
def ask_review(*, article: Article, by: User, at: datetime, note: str = "") -> Review:
    """Asks others to look at the latest version. Raises NothingToReview, AlreadyAsked, EmptyAnswer."""
    base, article = opened(article)
    version = article.latest_version
    if version is None or not article.has_unpublished_changes:
        raise NothingToReview
    if article.review_state != ReviewState.DRAFT:
        raise AlreadyAsked(question=version.question)
    if not version.answer:
        raise EmptyAnswer(question=version.question)
    return _step(base, article, version, Verdict.ASKED, ReviewState.IN_REVIEW, note, by, at)


@transaction.atomic
def approve(*, version: ArticleVersion, by: User, at: datetime, note: str = "") -> Review:
    """The version may go live as far as this person is concerned. Raises NotTheLatest, NotInReview, OwnVersion."""
    base, article = opened(version.article)
    _must_be_latest(article, version)
    if article.review_state != ReviewState.IN_REVIEW:
        raise NotInReview(question=version.question)
    if base.two_people and version.created_by_id == by.pk:
        raise OwnVersion(question=version.question)
    return _step(base, article, version, Verdict.APPROVED, ReviewState.APPROVED, note, by, at)


@transaction.atomic
def send_back(*, version: ArticleVersion, note: str, by: User, at: datetime) -> Review:
    """Back to its author, who reads why; a plan to publish this version is off.

    Raises NoteNeeded, NotTheLatest, NotInReview.
    """
    if not note.strip():
        raise NoteNeeded
    base, article = opened(version.article)
    _must_be_latest(article, version)
    if article.review_state == ReviewState.DRAFT:
        raise NotInReview(question=version.question)
    if article.planned_version_id == version.pk:
        article.planned_version, article.publish_at = None, None
        article.plan_refused = note.strip()[:LONGEST_NOTE]
    return _step(base, article, version, Verdict.SENT_BACK, ReviewState.DRAFT, note, by, at)


def _must_be_latest(article: Article, version: ArticleVersion) -> None:
    if article.latest_version_id != version.pk:
        raise NotTheLatest(number=version.number)


def _step(
    base: KnowledgeBase,
    article: Article,
    version: ArticleVersion,
    verdict: Verdict,
    state: ReviewState,
    note: str,
    by: User,
    at: datetime,
) -> Review:
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise NoteTooLong(most=LONGEST_NOTE)
    article.review_state = state
    article.save(update_fields=["review_state", "planned_version", "publish_at", "plan_refused"])
    record(f"kb.review_{verdict}", base, [article], by, at, version=version.number, note=note)
    return Review.objects.create(version=version, verdict=verdict, note=note, by=by, at=at)
