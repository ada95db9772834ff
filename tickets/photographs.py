"""Keeps customers' photos, and gives them to the ticket that they belong to."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from tickets.models import Photo, Ticket
from tickets.pictures import Picture

MOST_IN = timedelta(hours=1)
MOST_PHOTOS = 10


class TooManyPhotos(Refusal):
    code = "too-many-photos"
    status = 429
    sentence = _("That are many photos. Please wait a while before you send another.")


def check_room(*, shop: Shop, origins: list[str], at: datetime) -> None:
    """Raises TooManyPhotos when those who write from these origins have sent enough for now."""
    lately = Photo.objects.filter(shop=shop, origin_ref__in=origins, at__gt=at - MOST_IN)
    if lately.count() >= MOST_PHOTOS:
        raise TooManyPhotos


def keep_photo(*, shop: Shop, origin_ref: str, picture: Picture, at: datetime) -> Photo:
    """Stores the picture with where it came from; its ticket may not exist yet."""
    return Photo.objects.create(
        shop=shop,
        origin_ref=origin_ref,
        data=picture.data,
        width=picture.width,
        height=picture.height,
        at=at,
    )


def give_photos(*, ticket: Ticket, origin_ref: str) -> int:
    """The ticket gets the photos from there that no ticket has; returns how many."""
    loose = Photo.objects.filter(shop=ticket.shop_id, origin_ref=origin_ref, ticket=None)
    return loose.update(ticket=ticket)
