"""Who looks after an article, and when somebody must look at it again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb.actions.base import locked, only_shop, opened, record
from kb.models import Article

LONGEST_INTERVAL = 3650


class CannotLookAfterIt(Refusal):
    code = "kb.cannot-look-after-it"
    sentence = _(
        "%(person)s cannot look after this article: its owner works in the shop and may write articles."
    )


class ReviewDateInThePast(Refusal):
    code = "kb.review-date-in-the-past"
    sentence = _("Choose a day that is still to come.")


class NotAnInterval(Refusal):
    code = "kb.not-an-interval"
    sentence = _("Articles are looked at again after 0 to %(most)s days.")


@transaction.atomic
def confirm_still_right(*, article: Article, by: User, at: datetime) -> date | None:
    """Somebody read it and it still holds; returns the day of the next look, as far away as the shop wants it."""
    base, article = opened(article)
    again = timezone.localdate(at) + timedelta(days=base.review_days) if base.review_days else None
    article.reviewed_at, article.reviewed_by, article.review_after = at, by, again
    article.save(update_fields=["reviewed_at", "reviewed_by", "review_after"])
    record("kb.confirm", base, [article], by, at, again=again.isoformat() if again else None)
    return again


@transaction.atomic
def give_to(*, article: Article, owner: User | None, by: User, at: datetime) -> None:
    """Who is told when the article must be looked at again; nobody, if None. Raises CannotLookAfterIt."""
    base, article = opened(article)
    if owner is not None and not _can_look_after(owner, article.shop_id):
        raise CannotLookAfterIt(person=str(owner))
    if article.owner_id == (owner.pk if owner else None):
        return
    article.owner = owner
    article.save(update_fields=["owner"])
    record("kb.owner", base, [article], by, at, owner=owner.username if owner else None)


@transaction.atomic
def look_again_on(*, articles: Iterable[Article], day: date | None, by: User, at: datetime) -> int:
    """The day from which they need another look; None: never. Returns how many. Raises ReviewDateInThePast."""
    if day is not None and day <= timezone.localdate(at):
        raise ReviewDateInThePast
    chosen = list(articles)
    base = locked(only_shop(chosen))
    rows = Article.objects.filter(pk__in=[article.pk for article in chosen]).in_use()
    moved = list(rows.exclude(review_after=day) if day else rows.filter(review_after__isnull=False))
    Article.objects.filter(pk__in=[article.pk for article in moved]).update(review_after=day)
    if moved:
        record("kb.look_again", base, moved, by, at, day=day.isoformat() if day else None)
    return len(moved)


@transaction.atomic
def set_publishing_rules(*, shop: Shop, two_people: bool, review_days: int, by: User, at: datetime) -> None:
    """How articles of the shop go live and grow stale from now on. Raises NotAnInterval."""
    if not 0 <= review_days <= LONGEST_INTERVAL:
        raise NotAnInterval(most=LONGEST_INTERVAL)
    base = locked(shop.pk)
    before = (base.two_people, base.review_days)
    if before == (two_people, review_days):
        return
    base.two_people, base.review_days = two_people, review_days
    base.save(update_fields=["two_people", "review_days"])
    record("kb.publishing_rules", base, [], by, at, before=before, after=(two_people, review_days))


def _can_look_after(person: User, shop_id: int) -> bool:
    works_here = person.is_superuser or person.shops.filter(pk=shop_id).exists()
    return works_here and person.may(Permission.KB_EDIT)
