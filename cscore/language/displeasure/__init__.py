"""How displeased a customer is, from what he writes and from what happened to him in this visit.

A probability from a model trained on our own lines (`lines.jsonl`), on what a shop's own rated chats add to them, and a
table of overt threats that need no probability. Nothing here knows Django. What trains (`training`, `rated`) is
imported by its own name: serving needs none of it.
"""

from cscore.language.displeasure.artefact import UnreadableModelError, load, save
from cscore.language.displeasure.behaviour import Behaviour
from cscore.language.displeasure.model import Displeasure
from cscore.language.displeasure.refusals import refuses
from cscore.language.displeasure.shipped import THRESHOLD, shipped
from cscore.language.displeasure.threats import threatens
from cscore.language.displeasure.threshold import HEIGHTS, Seen

__all__ = [
    "HEIGHTS",
    "THRESHOLD",
    "Behaviour",
    "Displeasure",
    "Seen",
    "UnreadableModelError",
    "load",
    "refuses",
    "save",
    "shipped",
    "threatens",
]
