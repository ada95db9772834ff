"""Which half of a query file may be tuned on, and which is only ever reported."""

from hashlib import sha256
from typing import Literal

Half = Literal["tuning", "reporting"]


def half(text: str) -> Half:
    """The half a query belongs to, by its text alone, so that no run can move it."""
    return "tuning" if sha256(text.encode()).digest()[0] % 2 == 0 else "reporting"
