"""An answer beside the base answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from kb.answers.circumstances import Circumstances
from kb.answers.rich import Rich


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """Said instead of the base answer while its circumstances hold."""

    text: str
    when: Circumstances
    rich: Rich = Rich()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `as_json` stored. Raises KeyError, TypeError or ValueError for anything else."""
        if not isinstance(stored["text"], str):
            raise TypeError("An answer is text.")
        return cls(stored["text"], Circumstances.from_json(stored["when"]), Rich.from_json(stored))

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "when": self.when.as_json()} | self.rich.as_json()
