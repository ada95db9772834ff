"""How displeased a customer is, from what he writes and from what happened to him in this visit.

A probability from a model trained on our own lines (`lines.jsonl`), on what a shop's own rated chats add to them, and a
table of overt threats that need no probability. Nothing here knows Django.
"""

from cscore.language.displeasure.artefact import UnreadableModelError, load, save
from cscore.language.displeasure.behaviour import Behaviour
from cscore.language.displeasure.model import Displeasure
from cscore.language.displeasure.rated import RatedChat, examples_from
from cscore.language.displeasure.shipped import THRESHOLD, shipped
from cscore.language.displeasure.threats import threatens
from cscore.language.displeasure.threshold import threshold_for
from cscore.language.displeasure.training import Example, train

__all__ = [
    "THRESHOLD",
    "Behaviour",
    "Displeasure",
    "Example",
    "RatedChat",
    "UnreadableModelError",
    "examples_from",
    "load",
    "save",
    "shipped",
    "threatens",
    "threshold_for",
    "train",
]
