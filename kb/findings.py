"""Wording findings: what the rules say of a text, and how an editor reads it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from cscore.compliance.queries import ShopChecker
from cscore.compliance.rules import Action, Scope
from kb.answers import Rich
from kb.answers.told import words_of
from kb.models import ArticleVersion
from kb.queries import draft_of
from kb.rules import Draft

_AROUND: Final = 20
QUESTION: Final = "question"


def texts_of(draft: Draft) -> dict[str, str]:
    """Every text of the draft that customers may read, by its field."""
    others = {f"answers.{place}": other.text for place, other in enumerate(draft.others or ())}
    forms = (draft.rich or Rich(), *(other.rich for other in draft.others or ()))
    cards = {
        f"cards.{place}": "\n".join(words_of(rich.cards)) for place, rich in enumerate(forms) if rich.cards
    }
    return {QUESTION: draft.question, "answer": draft.answer} | others | cards


def said_of(checker: ShopChecker, field: str, text: str, at: datetime) -> list[dict[str, Any]]:
    """What an editor is told about a text while he writes it."""
    found = [{"field": field} | asdict(one) for one in checker.find(text, scope=Scope.ARTICLE, at=at)]
    told = ("start", "end", "text", "rule", "clause", "suggestion")
    return [{name: one[name] for name in told} | {"blocks": blocks(one)} for one in found]


def found_in(checker: ShopChecker, draft: Draft, at: datetime) -> list[dict[str, Any]]:
    """The findings as they are stored with a version."""
    return [
        {"field": field} | asdict(finding)
        for field, text in texts_of(draft).items()
        for finding in checker.find(text, scope=Scope.ARTICLE, at=at)
    ]


def blocks(finding: Mapping[str, Any]) -> bool:
    """Whether it keeps the version from going live: a question may name what an answer may not say."""
    return bool(finding["field"] != QUESTION and finding["action"] == Action.BLOCK)


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
        """The findings stored with the version, as the rules stood when it, or they, were last changed."""
        if version is None:
            return ()
        texts = texts_of(draft_of(version))
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
            blocks=blocks(finding),
        )
