"""What an editor is offered of a manual: each section as a draft, with what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cscore.common.errors import Refusal
from kb.columns import draft_of_cells
from kb.manuals.splitting import Section
from kb.rules import Draft, refusals, tidied


@dataclass(frozen=True, slots=True)
class Offer:
    """One section of the manual, by its place in it, from 1."""

    place: int
    under: tuple[str, ...]
    draft: Draft
    wrong: tuple[Refusal, ...]


def offers_of(sections: Sequence[Section], questions: Mapping[int, str] | None = None) -> list[Offer]:
    """The sections as drafts, with the questions that the editor wrote instead."""
    written = questions or {}
    return [
        _offer(place, section, written.get(place, section.question))
        for place, section in enumerate(sections, start=1)
    ]


def _offer(place: int, section: Section, question: str) -> Offer:
    draft = tidied(draft_of_cells({"question": question, "answer": section.answer}))
    return Offer(place, section.under, draft, tuple(refusals(draft)))
