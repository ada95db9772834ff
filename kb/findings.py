"""Wording findings as an editor reads them: the words with a little of what stands around them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cscore.compliance.rules import Action
from kb.models import ArticleVersion

_AROUND: Final = 20


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One finding in its surroundings; it `blocks` when it keeps the version from going live."""

    before: str
    text: str
    after: str
    suggestion: str
    clause: str
    rule: str
    blocks: bool

    @classmethod
    def all_of(cls, version: ArticleVersion | None) -> tuple["Excerpt", ...]:
        """The findings stored with the version when it was saved."""
        if version is None:
            return ()
        texts = {"question": version.question, "answer": version.answer}
        return tuple(cls._of(finding, texts[finding["field"]]) for finding in version.findings)

    @classmethod
    def _of(cls, finding: Mapping[str, Any], text: str) -> "Excerpt":
        start, end = finding["start"], finding["end"]
        return cls(
            before=text[max(0, start - _AROUND) : start],
            text=text[start:end],
            after=text[end : end + _AROUND],
            suggestion=finding["suggestion"],
            clause=finding["clause"],
            rule=finding["rule"],
            blocks=finding["field"] == "answer" and finding["action"] == Action.BLOCK,
        )
