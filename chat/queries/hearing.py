"""How a shop hears that a customer is upset: by the model its rated chats shaped, from the threshold its people can
take. Every process keeps the models of the shops asked for last and reads a shop's row to see whether a newer is there."""

import logging
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Final

from chat.models import Conversation, DispleasureLesson
from chat.queries.behaviour import behaviour_now
from cscore.commerce.models import Shop
from cscore.language.displeasure import (
    THRESHOLD,
    Behaviour,
    Displeasure,
    UnreadableModelError,
    load,
    shipped,
)

MOST_SHOPS: Final = 64
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ear:
    """`threshold` is the score from which a customer counts as upset."""

    model: Displeasure
    threshold: float = THRESHOLD

    def is_upset(self, turn: Behaviour) -> bool:
        return self.model.score(turn) >= self.threshold


@dataclass(frozen=True)
class ListensTo:
    """Hears one customer, with what happened to him in this visit."""

    conversation: Conversation
    at: datetime

    @cached_property
    def _ear(self) -> Ear:
        return ear_of(self.conversation.shop_id)

    @property
    def threshold(self) -> float:
        return self._ear.threshold

    def score(self, text: str) -> float:
        """How displeased he is who says this now."""
        return self._ear.model.score(behaviour_now(self.conversation, text, self.at))


class Models:
    """What lessons made of the shipped model, by shop and the time of the lesson."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, tuple[datetime, Displeasure]] = OrderedDict()
        self._lock = Lock()

    def of(self, shop_id: int, trained_at: datetime) -> Displeasure:
        with self._lock:
            held = self._held.get(shop_id)
        if held and held[0] == trained_at:
            return held[1]
        model = _loaded(shop_id)
        with self._lock:
            self._held[shop_id] = (trained_at, model)
            self._held.move_to_end(shop_id)
            if len(self._held) > MOST_SHOPS:
                self._held.popitem(last=False)
        return model


models = Models()


def ear_of(shop_id: int) -> Ear:
    """The shop's ear as it is now; one query."""
    columns = ("bot_settings__upset_threshold", "displeasure_lesson__trained_at")
    threshold, trained_at = Shop.objects.filter(pk=shop_id).values_list(*columns).get()
    model = models.of(shop_id, trained_at) if trained_at else shipped()
    return Ear(model, THRESHOLD if threshold is None else threshold)


def _loaded(shop_id: int) -> Displeasure:
    """The lesson's model; the shipped one when the lesson made it no better, or cannot be read."""
    data = DispleasureLesson.objects.filter(shop=shop_id).values_list("data", flat=True).first()
    try:
        return load(bytes(data)) if data else shipped()
    except UnreadableModelError:
        log.exception("Shop %s: its lesson in displeasure cannot be read.", shop_id)
        return shipped()
