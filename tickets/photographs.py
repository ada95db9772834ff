"""Keeps customers' photos, and gives them to the ticket that they belong to."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cscore.accounts import audit
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from tickets.models import Photo, PhotoQuerySet, Ticket, TicketEvent
from tickets.pictures import Picture
from tickets.rules import OPEN_STATES

MOST_IN = timedelta(hours=1)
MOST_PHOTOS = 10
MOST_IN_CHAT = 30


class TooManyPhotos(Refusal):
    code = "too-many-photos"
    status = 429
    sentence = _("That are many photos. Please wait a while before you send another.")


class TooManyInChat(Refusal):
    code = "too-many-photos-here"
    status = 429
    sentence = _(
        "There are %(most)d photos in this chat: no more fit. Tell us in words, or ask for a person."
    )


def check_room(*, shop: Shop, origins: list[str], here: str, at: datetime) -> None:
    """Raises TooManyPhotos when those who write from these origins have sent enough for now, and TooManyInChat when
    there are enough from here."""
    if Photo.objects.filter(shop=shop, origin_ref=here).count() >= MOST_IN_CHAT:
        raise TooManyInChat(most=MOST_IN_CHAT)
    lately = Photo.objects.filter(shop=shop, origin_ref__in=origins, at__gt=at - MOST_IN)
    if lately.count() >= MOST_PHOTOS:
        raise TooManyPhotos


def keep_photo(
    *, shop: Shop, origin_ref: str, picture: Picture, at: datetime, ticket: Ticket | None = None
) -> Photo:
    """Stores the picture with where it came from; its ticket may not exist yet."""
    return Photo.objects.create(
        shop=shop,
        origin_ref=origin_ref,
        ticket=ticket,
        data=picture.data,
        width=picture.width,
        height=picture.height,
        at=at,
    )


def give_photos(*, ticket: Ticket, origin_ref: str) -> int:
    """The ticket gets the photos from there that no ticket has; returns how many."""
    loose = Photo.objects.filter(shop=ticket.shop_id, origin_ref=origin_ref, ticket=None)
    return loose.update(ticket=ticket)


def drop_old_photos(*, kept: timedelta, at: datetime) -> int:
    """Deletes the photos of cases that were settled longer ago than this, and those that old that no case ever had.

    Returns how many. May run twice or side by side with itself: each photo is counted once, in one audit line a case.
    """
    before = at - kept
    moved_since = TicketEvent.objects.filter(ticket=OuterRef("ticket"), at__gte=before).exclude(to_state="")
    settled = Q(ticket__isnull=False) & ~Q(ticket__state__in=OPEN_STATES) & ~Exists(moved_since)
    old = Photo.objects.filter(Q(ticket=None) | settled, at__lt=before)
    cases = Ticket.objects.filter(pk__in=old.exclude(ticket=None).values("ticket")).select_related("shop")
    dropped = sum(_dropped(old.filter(ticket=case), case, case.shop, at) for case in cases)
    shops = Shop.objects.filter(pk__in=old.filter(ticket=None).values("shop"))
    return dropped + sum(_dropped(old.filter(ticket=None, shop=shop), shop, shop, at) for shop in shops)


@transaction.atomic
def _dropped(photos: PhotoQuerySet, of: Ticket | Shop, shop: Shop, at: datetime) -> int:
    gone, _each = photos.delete()
    if gone:
        audit.record(by=None, verb="tickets.drop-photos", on=of, at=at, shop_key=shop.key, photos=gone)
    return gone
