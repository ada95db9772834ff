"""The pattern language of the rules: small, and matched in linear time by construction.

加微信                  a word, in every spelling of spellings.toml
加(我|一下|)(微信|qq)    choices, one of them may be empty; written out when the template is compiled
好评{0-8}返{amount}元    a gap of 0 to 8 characters within one sentence; a number of a kind (see numbers.py)
{digits:5-11}           a number with a length
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cscore.compliance.folding import fold
from cscore.compliance.numbers import Kind
from cscore.compliance.spellings import spellings

Range = tuple[int, int]

MOST_WORDS = 500
WIDEST_GAP = 20
MOST_STEPS = 6
LONGEST_TEMPLATE = 500
ANY_LENGTH = (1, 40)

_PART = re.compile(
    r"\((?P<choices>[^(){}]*)\)"
    r"|\{(?P<low>\d{1,2})-(?P<high>\d{1,2})\}"
    r"|\{(?P<kind>[a-z]+)(?::(?P<least>\d{1,2})-(?P<most>\d{1,2}))?\}"
    r"|(?P<literal>[^(){}|]+)"
)


class BadTemplate(ValueError):  # noqa: N818  named as refusals are: by what is wrong
    """A template the rule's author must correct; `reason` says what is wrong, to end a sentence."""

    def __init__(self, template: str, reason: str | Promise) -> None:
        super().__init__(f"{template!r}: {reason}")
        self.template = template
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Step:
    """One of `words`, or a number of a kind and length, `low` to `high` characters after the step before."""

    words: frozenset[str]
    kind: Kind | None = None
    length: Range = ANY_LENGTH
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    width: Range


def compile_template(template: str) -> tuple[Step, ...]:
    """The steps of a template. Raises BadTemplate."""
    if len(template) > LONGEST_TEMPLATE:
        raise BadTemplate(template, _("too long"))
    steps: list[Step] = []
    gap: Range | None = None
    for run in _runs(template):
        if isinstance(run, Gap):
            if gap is not None or not steps:
                raise BadTemplate(template, _("a gap stands between two words"))
            gap = run.width
        else:
            steps.append(replace(run, low=gap[0], high=gap[1]) if gap else run)
            gap = None
    if gap is not None:
        raise BadTemplate(template, _("a gap stands between two words"))
    if not 1 <= len(steps) <= MOST_STEPS:
        raise BadTemplate(template, _("from 1 to %(most)s steps") % {"most": MOST_STEPS})
    return tuple(steps)


def _runs(template: str) -> Iterator[Step | Gap]:
    """Words beside each other as one step as long as they can be written out, numbers and gaps on their own."""
    choices: list[list[str]] = []
    for part in _parts(template):
        options = (part["literal"] or part["choices"] or "").split("|")
        wordy = part["literal"] is not None or part["choices"] is not None
        if choices and (not wordy or prod(map(len, choices)) * len(options) > MOST_WORDS):
            yield _word_step(template, choices)
            choices = []
        if wordy:
            choices.append(options)
        elif part["kind"]:
            yield _number_step(template, part)
        else:
            yield Gap(_range(template, part["low"], part["high"], WIDEST_GAP))
    if choices:
        yield _word_step(template, choices)


def _parts(template: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(template):
        part = _PART.match(template, position)
        if part is None:
            raise BadTemplate(template, _("from character %(position)s on") % {"position": position + 1})
        yield part
        position = part.end()


def _word_step(template: str, choices: list[list[str]]) -> Step:
    if prod(map(len, choices)) > MOST_WORDS:
        raise BadTemplate(template, _("more than %(most)s words in one choice") % {"most": MOST_WORDS})
    plain = {fold("".join(choice)).text for choice in product(*choices)}
    if "" in plain:
        raise BadTemplate(template, _("nothing to look for"))
    return Step(frozenset().union(*map(spellings, plain)))


def _number_step(template: str, part: re.Match[str]) -> Step:
    if part["kind"] not in set(Kind):
        raise BadTemplate(template, _("unknown kind of number: %(kind)s") % {"kind": part["kind"]})
    length = _range(template, part["least"], part["most"], ANY_LENGTH[1]) if part["least"] else ANY_LENGTH
    return Step(frozenset(), Kind(part["kind"]), length)


def _range(template: str, low: str, high: str, limit: int) -> Range:
    if not int(low) <= int(high) <= limit:
        raise BadTemplate(template, _("a range goes up and ends at %(limit)s or before") % {"limit": limit})
    return int(low), int(high)
