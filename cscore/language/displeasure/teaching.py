"""What a shop's rated chats teach the shipped model, and whether it is any better for it."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from cscore.language.displeasure.lesson import Taught, worst_of
from cscore.language.displeasure.lines import examples
from cscore.language.displeasure.model import Displeasure
from cscore.language.displeasure.rated import ODDS, RatedChat, examples_from
from cscore.language.displeasure.training import train

# Fewer rated chats, or fewer on either side, say nothing about whether a model is better.
LEAST_CHATS: Final = 40
LEAST_OF_A_KIND: Final = 8
_FOLDS: Final = 5
_SEED: Final = 0


def teach(chats: Sequence[RatedChat], shipped: Displeasure) -> Taught:
    """Own lines and these chats together, kept only if that finds the badly rated chats better than the shipped model."""
    used = [chat for chat in chats if chat.stars in ODDS and chat.turns]
    bad = np.array([ODDS[chat.stars] > 1 for chat in used], dtype=bool)
    if len(used) < LEAST_CHATS or min(bad.sum(), (~bad).sum()) < LEAST_OF_A_KIND:
        return Taught(len(used), int(bad.sum()))
    before = float(roc_auc_score(bad, [worst_of(chat.turns, shipped) for chat in used]))
    after = float(roc_auc_score(bad, _cross_validated(used, bad, shipped)))
    model = _blended(used, shipped) if after > before else None
    return Taught(len(used), int(bad.sum()), before, after, model)


def _blended(chats: Sequence[RatedChat], shipped: Displeasure) -> Displeasure:
    return train([*examples(), *examples_from(chats, shipped)])


def _cross_validated(
    chats: Sequence[RatedChat], bad: NDArray[np.bool_], shipped: Displeasure
) -> NDArray[np.float64]:
    scores = np.zeros(len(chats))
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for learnt, held_out in folds.split(bad, bad):
        model = _blended([chats[place] for place in learnt], shipped)
        scores[held_out] = [worst_of(chats[place].turns, model) for place in held_out]
    return scores
