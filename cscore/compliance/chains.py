"""Where the steps of a template follow one another, found by joining the places of each step."""

from collections.abc import Iterable, Sequence

from cscore.compliance.numbers import Span
from cscore.compliance.template import Step


def chains(steps: Sequence[Step], places: Sequence[Iterable[Span]]) -> list[Span]:
    """The spans in which all steps follow one another inside one sentence, the shortest for each last step.

    Each place of a step looks back over at most `step.high` characters, so the work is bounded by the number of
    places times the widest gap, whatever the text.
    """
    found = list(places[0])
    for step, nexts in zip(steps[1:], places[1:], strict=True):
        starts_by_end = {end: start for start, end in sorted(found)}
        found = [
            (starts_by_end[end], stop)
            for start, stop in nexts
            if (end := _nearest_end(starts_by_end, start, step)) is not None
        ]
    return found


def _nearest_end(ends: dict[int, int], start: int, step: Step) -> int | None:
    """The nearest end of the step before from which a place at `start` can be reached."""
    for end in range(start, start - step.high - 1, -1):
        if end in ends and start - end >= step.low:
            return end
    return None
