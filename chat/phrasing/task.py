"""What a language model is asked: one masked question and the published answers to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Task:
    """`answers` are what the bot would say, one text for each article, without personal data like the question.

    `language` is the customer's, as its own name says it.
    """

    question: str
    answers: tuple[str, ...]
    language: str

    @cached_property
    def by_id(self) -> Mapping[str, str]:
        """Answers under the ids by which they must be cited."""
        return {f"A{number}": text for number, text in enumerate(self.answers, start=1)}

    @property
    def given(self) -> str:
        """Every word that may be relied on."""
        return "\n".join(self.answers)
