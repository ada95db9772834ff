"""Writes a model to bytes and reads it back: arrays and JSON, nothing that could run."""

import io
import json
from typing import Final
from zipfile import BadZipFile

import numpy as np

from cscore.language.displeasure.behaviour import SIGNALS
from cscore.language.displeasure.model import Displeasure

FORMAT: Final = 1


class UnreadableModelError(ValueError):
    """The bytes are no model of displeasure, or one of another format or with other signals."""


def save(model: Displeasure) -> bytes:
    """All of it, with the format's number; the same model gives the same bytes."""
    grams = sorted(model.grams)
    about = {"format": FORMAT, "signals": list(SIGNALS), "intercept": model.intercept}
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        allow_pickle=False,
        about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        grams=np.array(grams),
        weights=np.array([model.grams[gram] for gram in grams]),
        behaviour=np.array(model.behaviour),
    )
    return buffer.getvalue()


def load(data: bytes) -> Displeasure:
    """What was saved; raises UnreadableModelError."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            about = json.loads(file["about"].tobytes())
            grams, weights, behaviour = (file[name].tolist() for name in ("grams", "weights", "behaviour"))
    except (ValueError, KeyError, OSError, EOFError, BadZipFile) as broken:
        raise UnreadableModelError("These bytes are no saved model.") from broken
    if (about.get("format"), about.get("signals")) != (FORMAT, list(SIGNALS)):
        raise UnreadableModelError("This model is of another release: train again.")
    return Displeasure(dict(zip(grams, weights, strict=True)), tuple(behaviour), about["intercept"])
