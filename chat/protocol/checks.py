"""Checks of single fields: a JSON value in, the value that verbs work with out, or a refusal."""

import dataclasses
import unicodedata
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from chat.protocol.refusals import BadField, BadText, Empty, TooLong

BODY_CHARACTERS = 4_000
COMMENT_CHARACTERS = 500
# The largest number that every database stores in a plain integer column.
LARGEST = 2**31 - 1
NAME_CHARACTERS = 200

Check = Callable[[str, Any], Any]


def taken(check: Check, **default: Any) -> Any:
    """A dataclass field that `check` reads from the frame; without `default` the frame must bring it."""
    return dataclasses.field(metadata={"check": check}, **default)


# Invisible marks that turn the characters after them around: a phone number would read backwards.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def plain(name: str, value: Any) -> str:
    """Text that every database stores and every screen shows in its own order: NFC, without NUL, lone surrogates
    and marks of direction."""
    if not isinstance(value, str):
        raise BadField(field=name)
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise BadText
    return unicodedata.normalize("NFC", value.translate(TURNING))


def text(most: int, *, blank: bool = False) -> Check:
    """Plain text of at most `most` characters, with something to read in it unless `blank`."""

    def check(name: str, value: Any) -> str:
        # A normalised text is at least a third as long: refuse before spending time on it.
        if isinstance(value, str) and len(value) > 3 * most:
            raise TooLong(most=most)
        found = plain(name, value)
        if len(found) > most:
            raise TooLong(most=most)
        if not blank and not found.strip():
            raise Empty
        return found

    return check


def whole(low: int, high: int = LARGEST) -> Check:
    """A whole number from low to high; true and 1.0 are none."""

    def check(name: str, value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise BadField(field=name)
        return value

    return check


def one_of(words: Collection[str]) -> Check:
    """One of the words."""

    def check(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise BadField(field=name)
        return value

    return check


def optional(check: Check) -> Check:
    """Null, or what `check` lets through."""

    def or_null(name: str, value: Any) -> Any:
        return None if value is None else check(name, value)

    return or_null


def flag(name: str, value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise BadField(field=name)
    return value


def uuid(name: str, value: Any) -> UUID:
    """A UUID in its usual text form of 36 characters."""
    try:
        if isinstance(value, str) and len(value) == 36:
            return UUID(value)
    except ValueError:
        pass
    raise BadField(field=name)


def cursors(name: str, value: Any) -> dict[UUID, int]:
    """{conversation: the last seq seen}, at most 200 of them."""
    if not isinstance(value, dict) or len(value) > 200:
        raise BadField(field=name)
    seq = whole(0)
    return {uuid(name, key): seq(name, number) for key, number in value.items()}


def page(name: str, value: Any) -> dict[str, str]:
    """What the customer looks at: a product or an order, nothing else."""
    if not isinstance(value, dict):
        raise BadField(field=name)
    name_of = text(NAME_CHARACTERS)
    return {key: name_of(name, value[key]) for key in ("product", "order") if value.get(key)}
