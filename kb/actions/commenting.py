"""Remarks among staff beside a draft."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.common.errors import Refusal
from kb.actions.base import opened, record
from kb.models import Article, Comment

LONGEST_COMMENT = 1000


class NothingSaid(Refusal):
    code = "kb.nothing-said"
    sentence = _("Write something first.")


class CommentTooLong(Refusal):
    code = "kb.comment-too-long"
    sentence = _("A comment has at most %(most)s characters.")


class SettledAlready(Refusal):
    code = "kb.settled-already"
    status = 409
    sentence = _("This comment is settled already.")


@transaction.atomic
def comment(*, article: Article, body: str, by: User, at: datetime) -> Comment:
    """A remark about the latest version. Raises NothingSaid, CommentTooLong, ArchivedArticle."""
    body = body.strip()
    if not body:
        raise NothingSaid
    if len(body) > LONGEST_COMMENT:
        raise CommentTooLong(most=LONGEST_COMMENT)
    base, article = opened(article)
    version = article.latest_version
    if version is None:
        raise NothingSaid
    record("kb.comment", base, [article], by, at, version=version.number)
    return Comment.objects.create(article=article, version=version, body=body, by=by, at=at)


@transaction.atomic
def settle(*, comment: Comment, by: User, at: datetime) -> Comment:
    """Nothing is left to do about it. Raises SettledAlready, ArchivedArticle."""
    base, article = opened(comment.article)
    fresh = Comment.objects.get(pk=comment.pk)
    if fresh.resolved_at is not None:
        raise SettledAlready
    fresh.resolved_at, fresh.resolved_by = at, by
    fresh.save(update_fields=["resolved_at", "resolved_by"])
    record("kb.settle_comment", base, [article], by, at, comment=fresh.pk)
    return fresh
