"""Shapes that take nothing they do not know, and lists that are read page by page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

R = TypeVar("R")
MOST_PER_PAGE: Final = 200


class Strict(serializers.Serializer[Any]):
    """Refuses fields it does not know: a typing error in a name must not lose a text in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := [name for name in data if name not in self.fields]):
            raise serializers.ValidationError({name: [_("This field is unknown.")] for name in unknown})
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """Text alone: a number or a truth value is no text. How long it may be is for the rules to say."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_blank": True, "trim_whitespace": False} | kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Word(Text):
    """Text from an address, where nobody can send anything else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_blank": False, "required": False} | kwargs)


class Page(Strict):
    """Which part of a list: up to `limit` rows after the row named by `after`."""

    after = Word(max_length=256, help_text="The last row of the page before; `next` carries it.")
    limit = serializers.IntegerField(min_value=1, max_value=MOST_PER_PAGE, default=50)


def checked(shape: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    """What was sent, in this shape. Raises the framework's ValidationError, which becomes Invalid."""
    sent = shape(data=data.dict() if hasattr(data, "dict") else data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def page_of(
    request: Request, rows: Iterable[R], limit: int, shown: Callable[[R], dict[str, Any]], name: str
) -> dict[str, Any]:
    """One page, and the address of the next. `rows` come in order and one more than `limit` when there are more."""
    kept = list(rows)
    address = None
    if len(kept) > limit:
        address = replace_query_param(request.build_absolute_uri(), "after", getattr(kept[limit - 1], name))
    return {"results": [shown(row) for row in kept[:limit]], "next": address}


def paged(shape: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """How a page of these is described."""
    fields = {"results": shape(many=True), "next": serializers.URLField(allow_null=True)}
    return inline_serializer(f"{shape.__name__.removesuffix('Shape')}Page", fields)
