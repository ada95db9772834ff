"""What an article looks like as one row of texts, and back. Pure.

Phrasings, negatives and keywords have a line each; cards and other answers a line of JSON each, as they are stored.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any, Final, TypeVar

from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal
from kb.answers import OtherAnswer, Rich
from kb.answers.cards import card_as_json, card_from_json
from kb.answers.nodes import nodes_of, plain_text
from kb.answers.tidying import plain
from kb.rules import FIELD_OF, Draft

# What each column may be called; a file is written with the first name in Chinese, with the second otherwise.
COLUMNS: Final = {
    "key": ("编号", "Key", "id"),
    "category": ("分类", "Category"),
    "question": ("标准问", "Question", "标准问题"),
    "phrasings": ("相似问", "Phrasings", "相似问法", "其他问法", "variants"),
    "answer": ("答案", "Answer"),
    "html": ("答案格式", "Answer HTML"),
    "cards": ("卡片", "Cards"),
    "others": ("其他答案", "Other answers"),
    "negatives": ("反例", "Not asking this", "反例问法"),
    "negative_keywords": ("否定关键词", "Negative keywords"),
    "tell_person": ("通知人工", "Tell a person"),
}
_YES: Final = ("是", "yes", "1", "true")
_NO: Final = ("否", "no", "0", "false", "")
T = TypeVar("T")


class BadCell(Refusal):
    code = "kb.import.bad-cell"
    sentence = _("The column “%(column)s” cannot be read: leave it as an export writes it, or leave it out.")


class NeitherYesNorNo(Refusal):
    code = "kb.import.neither-yes-nor-no"
    sentence = _("The column “%(column)s” takes yes or no, not “%(value)s”.")


class OnlyHalfTheForm(Refusal):
    code = "kb.import.half-the-form"
    sentence = _("The columns “%(one)s” and “%(other)s” come together or not at all.")


def cells_of(draft: Draft) -> dict[str, str]:
    """Every column of an article that leaves nothing open."""
    rich, others = draft.rich or Rich(), draft.others or ()
    return {
        "key": draft.key,
        "category": draft.category or "",
        "question": draft.question,
        "phrasings": "\n".join(draft.phrasings),
        "answer": draft.answer,
        "html": rich.html,
        "cards": _as_lines(map(card_as_json, rich.cards)),
        "others": _as_lines(other.as_json() for other in others),
        "negatives": "\n".join(draft.negatives or ()),
        "negative_keywords": "\n".join(draft.negative_keywords or ()),
        "tell_person": "yes" if draft.tell_person else "no",
    }


def draft_of_cells(cells: Mapping[str, str]) -> Draft:
    """The draft in a row; columns that are not there are left open. Raises BadCell, NeitherYesNorNo, OnlyHalfTheForm."""
    return Draft(
        cells.get("key", "").strip() or _key_of(cells["question"]),
        cells["question"],
        tuple(cells.get("phrasings", "").splitlines()),
        cells["answer"],
        cells.get("category"),
        _rich(cells),
        _lines_of(cells, "others", OtherAnswer.from_json),
        _texts(cells, "negatives"),
        _texts(cells, "negative_keywords"),
        _yes_or_no(cells),
    )


def column_of(refusal: Refusal) -> str:
    """Which column a refusal is about; empty when it is about all of the row."""
    said = refusal.details.get("column")
    return FIELD_OF.get(refusal.code) or next((one for one in COLUMNS if _name(one) == said), "")


def is_said_by(html: str, text: str) -> bool:
    """Whether the HTML has these words."""
    return plain(plain_text(nodes_of(html))) == plain(text)


def _key_of(question: str) -> str:
    """Without a key an article is known by its question."""
    return f"q{sha256(question.strip().encode(errors='replace')).hexdigest()[:11]}"


def _rich(cells: Mapping[str, str]) -> Rich | None:
    """The form of the answer; who changed the words and not the form meant the words."""
    if "html" not in cells and "cards" not in cells:
        return None
    if "html" not in cells or "cards" not in cells:
        raise OnlyHalfTheForm(one=_name("html"), other=_name("cards"))
    html = cells["html"]
    kept = html if not cells["answer"].strip() or is_said_by(html, cells["answer"]) else ""
    return Rich(kept, _lines_of(cells, "cards", card_from_json) or ())


def _lines_of(
    cells: Mapping[str, str], column: str, read: Callable[[Mapping[str, Any]], T]
) -> tuple[T, ...] | None:
    if column not in cells:
        return None
    try:
        return tuple(read(json.loads(line)) for line in cells[column].splitlines() if line.strip())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
        raise BadCell(column=_name(column)) from wrong


def _texts(cells: Mapping[str, str], column: str) -> tuple[str, ...] | None:
    return tuple(cells[column].splitlines()) if column in cells else None


def _yes_or_no(cells: Mapping[str, str]) -> bool | None:
    if "tell_person" not in cells:
        return None
    said = cells["tell_person"].strip().casefold()
    if said not in _YES + _NO:
        raise NeitherYesNorNo(column=_name("tell_person"), value=said[:20])
    return said in _YES


def _as_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def _name(column: str) -> str:
    return " / ".join(COLUMNS[column][:2])
