"""Bodies, read within limits."""

import json
from collections.abc import Mapping
from typing import IO, Any, Final, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from cscore.common.api.refusing import TooMuch

LARGEST_BODY: Final = 8 * 2**20


def bounded(stream: IO[bytes], context: Mapping[str, Any] | None, most: int) -> bytes:
    """The whole body. Raises TooMuch, before reading it where its length was told."""
    told = (context or {})["request"].META.get("CONTENT_LENGTH") or ""
    if told.isdecimal() and (len(told) > 12 or int(told) > most):
        raise TooMuch(most=most // 2**20)
    body = stream.read(most + 1)
    if len(body) > most:
        raise TooMuch(most=most // 2**20)
    return body


class BoundedJson(BaseParser):
    """Strict JSON: no NaN, no body without end, no nesting without end."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = bounded(stream, parser_context, LARGEST_BODY)
        try:
            return json.loads(body.decode(), parse_constant=_no_constant)
        except (ValueError, RecursionError) as wrong:
            raise ParseError from wrong


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
