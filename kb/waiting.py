"""Drafts that a person chose, waiting in his session for the page where they are replayed."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest

_NAME: Final = "kb.drafts-waiting"
# More than this are not replayed at once.
MOST_WAITING: Final = 20_000
Ranges = tuple[tuple[int, int], ...]


def let_wait(request: HttpRequest, version_ids: Iterable[int]) -> None:
    """These drafts, and no others, wait from now on."""
    request.session[_NAME] = ranges(version_ids)


def drafts_waiting(request: HttpRequest) -> list[int]:
    """The ids of the versions that wait; who they belong to is for the reader to check."""
    return within(request.session.get(_NAME, ()))


def ranges(ids: Iterable[int]) -> Ranges:
    """The ids as the first and the last of each run of them: what one file drafted is mostly one run."""
    found: list[tuple[int, int]] = []
    for one in sorted(set(ids)):
        if found and found[-1][1] == one - 1:
            found[-1] = (found[-1][0], one)
        else:
            found.append((one, one))
    return tuple(found)


def within(some: Iterable[Iterable[int]]) -> list[int]:
    """The ids that `ranges` made these of."""
    return [one for first, last in some for one in range(first, last + 1)]
