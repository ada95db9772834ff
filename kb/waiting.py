"""Drafts that a person chose, waiting in his session for the page where they are replayed."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest

_NAME: Final = "kb.drafts-waiting"


def let_wait(request: HttpRequest, version_ids: Iterable[int]) -> None:
    """These drafts, and no others, wait from now on."""
    request.session[_NAME] = list(version_ids)


def drafts_waiting(request: HttpRequest) -> list[int]:
    """The ids of the versions that wait; who they belong to is for the reader to check."""
    return list(request.session.get(_NAME, []))
