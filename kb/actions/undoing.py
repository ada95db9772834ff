"""Putting back what one release changed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import NotFound, Refusal
from cscore.compliance.queries import checker_for
from kb import releases
from kb.actions.base import ArchivedArticle, locked
from kb.actions.golden import moved_with
from kb.actions.holding import Foreseen, Move, foreseeing
from kb.actions.publishing import kept_apart, release_moves, unpublishable
from kb.models import Article, Release, ReleaseVerb
from kb.queries import draft_of


class ChangedSince(Refusal):
    code = "kb.changed-since"
    status = 409
    sentence = _(
        "Release %(release)s cannot be undone: release %(later)s changed “%(question)s” afterwards. Undo that one first."
    )


def undo(*, shop: Shop, release: int, by: User | None, at: datetime, despite: str = "") -> int:
    """What customers were told before this release, as a new release; returns its number. An undo can be undone.

    Golden questions that went with the release to an article that took theirs in go back, unless somebody has moved
    them since.

    The wording rules of today hold, and so do golden questions. The two-person rule does not: what is put back was
    live before, and the way back from a mistake must not wait for a second person.
    Raises NotFound, ChangedSince, ArchivedArticle, EmptyAnswer, UnsayableAnswer and GoldenRegression; then nothing
    has changed.
    """

    def verb(seen: Foreseen) -> int:
        base = locked(shop.pk)
        moves = _moves_back(shop, release, at)
        # What stands for itself again is not about to be taken into another article.
        kept_apart([article for article, version in moves if version])
        heirs = moved_with(shop.pk, release)
        return release_moves(base, moves, ReleaseVerb.UNDO, by, at, despite=despite, seen=seen, heirs=heirs)

    return foreseeing(verb, None)


def _moves_back(shop: Shop, release: int, at: datetime) -> list[Move]:
    """Every article of the release with what it said before."""
    rows = list(Release.objects.filter(shop=shop, number=release).order_by("pk"))
    if not rows:
        raise NotFound
    later = releases.changed_since(shop, release, [row.article_id for row in rows])
    if later:
        article, last = later[-1]
        raise ChangedSince(release=release, later=last, question=str(article))
    earlier = releases.earlier_versions(rows)
    articles = Article.objects.select_related("shop", "planned_version", "latest_version").in_bulk(
        [row.article_id for row in rows]
    )
    moves: list[Move] = [(article, earlier.get(pk)) for pk, article in articles.items()]
    checker = checker_for(shop)
    for article, version in moves:
        if version is None:
            continue
        if article.archived_at is not None:
            raise ArchivedArticle(question=version.question)
        version.article = article
        if refusal := unpublishable(checker, draft_of(version), at):
            raise refusal
    return moves
