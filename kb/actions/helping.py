"""The help centre: which articles stand in it, and what its readers think of them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.common.errors import NotFound, Refusal
from kb.actions.base import locked, only_shop, record
from kb.models import Article, ArticleVersion, HelpView, HelpVote


class AlreadySo(Refusal):
    code = "kb.already-so"
    sentence = _("Nothing changed: it was like this already.")


@transaction.atomic
def show_in_help_centre(
    *, articles: Iterable[Article], shown: bool, by: User | None, at: datetime
) -> list[Article]:
    """Readers find these articles there from now on, or no longer; the bot answers from them all the same.

    Returns those that changed. Raises AlreadySo, OfAnotherShop.
    """
    wanted = [article.pk for article in articles]
    rows = Article.objects.select_related("shop")
    base = locked(only_shop(rows.in_bulk(wanted).values()))
    moved = list(rows.filter(pk__in=wanted).exclude(in_help_centre=shown).order_by("pk"))
    if not moved:
        raise AlreadySo
    rows.filter(pk__in=[article.pk for article in moved]).update(in_help_centre=shown)
    record("kb.help-show" if shown else "kb.help-hide", base, moved, by, at)
    return moved


def vote(*, article: Article, number: int, voter: str, helpful: bool, at: datetime) -> HelpVote:
    """A reader's verdict on the version he read; his last one counts. Raises NotFound for what nobody could read."""
    version = ArticleVersion.objects.filter(
        article=article, number=number, releases__isnull=False
    ).first()  # fmt: skip
    if version is None:
        raise NotFound
    said, _created = HelpVote.objects.update_or_create(
        version=version,
        voter=voter,
        defaults={"article": article, "helpful": helpful, "at": at},
    )
    return said


@transaction.atomic
def count_reader(*, article: Article, at: datetime) -> None:
    """Somebody opened the article in the help centre."""
    today = timezone.localdate(at)
    counted = HelpView.objects.filter(article=article, day=today).update(count=F("count") + 1)
    if not counted:
        row, created = HelpView.objects.get_or_create(article=article, day=today, defaults={"count": 1})
        if not created:
            HelpView.objects.filter(pk=row.pk).update(count=F("count") + 1)
