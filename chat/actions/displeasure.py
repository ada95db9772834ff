"""What a shop's bot learns of displeasure, and how much of it senior agents can take."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from chat.models import BotSettings, DispleasureLesson
from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.language.displeasure import Seen, save
from cscore.language.displeasure.lesson import Taught


@transaction.atomic
def keep_lesson(*, shop: Shop, taught: Taught, seen: Seen, at: datetime) -> DispleasureLesson:
    """What came of a lesson: the model if it is better than the shipped one, and a threshold to match.

    A lesson that made nothing better is kept without a model, so that people can read why.
    """
    report = {name: getattr(taught, name) for name in ("chats", "bad", "shipped", "taught")}
    fields = {"data": save(taught.model) if taught.model else b"", "report": report, "chats": taught.chats}
    lesson, _created = DispleasureLesson.objects.update_or_create(
        shop=shop, defaults=fields | {"trained_at": at}
    )
    settings = _locked(shop)
    settings.upset_seen = asdict(seen) | {"at": at.isoformat()}
    settings.upset_threshold = _threshold(settings)
    settings.save(update_fields=["upset_seen", "upset_threshold"])
    _record("chat.displeasure_lesson", settings, None, at, kept=taught.model is not None, **report)
    return lesson


@transaction.atomic
def take_upset_per_hour(*, shop: Shop, most: int | None, by: User, at: datetime) -> BotSettings:
    """How many upset customers senior agents can take in an hour; None goes back to the measured threshold."""
    settings = _locked(shop)
    before = settings.upset_per_hour
    if before != most:
        settings.upset_per_hour = most
        settings.upset_threshold = _threshold(settings)
        settings.save(update_fields=["upset_per_hour", "upset_threshold"])
        _record("chat.upset_per_hour", settings, by, at, before=before, after=most)
    return settings


def _locked(shop: Shop) -> BotSettings:
    BotSettings.objects.get_or_create(shop=shop)
    return BotSettings.objects.select_for_update().get(shop=shop)


def _threshold(settings: BotSettings) -> float | None:
    """None as long as nobody said how many, or nothing was seen yet."""
    seen = settings.seen
    return seen.threshold(settings.upset_per_hour) if seen and settings.upset_per_hour is not None else None


def _record(verb: str, settings: BotSettings, by: User | None, at: datetime, **details: Any) -> None:
    audit.record(by=by, verb=verb, on=settings.shop, at=at, shop_key=settings.shop.key, **details)
