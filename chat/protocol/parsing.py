"""From the text of a frame to its typed class."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from chat.protocol import checks
from chat.protocol.refusals import BadField, BadJson, UnknownType

F = TypeVar("F")
Frames = Mapping[str, type[Any]]


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def loads(text: str) -> dict[str, Any]:
    """The frame's object. Raises BadJson for anything that is not one, however deep or odd."""
    try:
        content = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as bad:
        raise BadJson from bad
    if not isinstance(content, dict):
        raise BadJson
    return content


def parse(content: Mapping[str, Any], frames: Frames) -> Any:
    """The frame as an instance of its class in `frames`. Raises the refusal that its first bad field deserves."""
    name = content.get("type")
    kind = frames.get(name) if isinstance(name, str) else None
    if kind is None:
        raise UnknownType
    return kind(**dict(_fields(kind, content)))


def _fields(kind: type[Any], content: Mapping[str, Any]) -> Any:
    for field in dataclasses.fields(kind):
        if field.name in content:
            yield field.name, field.metadata["check"](field.name, content[field.name])
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise BadField(field=field.name)


def client_id_of(content: Mapping[str, Any]) -> UUID | None:
    """The sender's id of a frame that may be broken elsewhere, so that its error can name it."""
    try:
        return checks.uuid("client_id", content.get("client_id"))
    except BadField:
        return None
