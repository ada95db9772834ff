"""What a lesson in displeasure is made of: rated chats, and how displeased customers sounded in the last weeks."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models.functions import TruncHour

from chat.models import Conversation
from chat.queries.behaviour import visits
from cscore.language.displeasure import Displeasure, Seen
from cscore.language.displeasure.lesson import worst_of
from cscore.language.displeasure.rated import RatedChat

RATED_SINCE: Final = timedelta(days=365)
SEEN_SINCE: Final = timedelta(days=28)
MOST: Final = 3_000


def rated_chats(shop_id: int, at: datetime) -> list[RatedChat]:
    """Chats of the last year that their customers rated, the newest MOST of them."""
    rated = Conversation.objects.filter(shop=shop_id, stars__isnull=False, opened_at__gte=at - RATED_SINCE)
    newest = list(rated.order_by("-opened_at").values_list("pk", "stars")[:MOST])
    turns = visits([key for key, _stars in newest])
    return [RatedChat(stars, tuple(turns[key])) for key, stars in newest if stars and turns.get(key)]


def seen(shop_id: int, model: Displeasure, at: datetime) -> Seen:
    """How displeased customers sounded in the last four weeks, or in as many as make MOST chats."""
    held = Conversation.objects.filter(shop=shop_id, last_seq__gt=0, opened_at__gte=at - SEEN_SINCE)
    newest = list(held.order_by("-opened_at").values_list("pk", TruncHour("opened_at"))[:MOST])
    turns = visits([key for key, _hour in newest])
    worst = [worst_of(turns[key], model) for key, _hour in newest if turns.get(key)]
    return Seen.of(worst, len({hour for _key, hour in newest}))
