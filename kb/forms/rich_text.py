"""An answer with its form: a text field that scripts turn into an editor."""

import json
from typing import Any, NamedTuple

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget

from kb.answers.nodes import nodes_of, nodes_of_text
from kb.answers.placeholders import PLACEHOLDERS


class Written(NamedTuple):
    """The plain text, and its HTML: empty for no form, None where no editor sent any."""

    text: str
    html: str | None = None


class RichTextarea(UnfoldAdminTextareaWidget):  # type: ignore[misc]
    """A textarea for the plain text, and beside it what an editor needs to show and send the form."""

    template_name = "kb/rich_textarea.html"

    def __init__(self, *, most: int, rows: int) -> None:
        super().__init__(attrs={"rows": rows, "data-wording": ""})
        self.most = most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        text, html = value or Written("")
        context: dict[str, Any] = super().get_context(name, text, attrs)
        nodes = nodes_of(html) if html else nodes_of_text(text)
        placeholders = {name: str(one.meaning) for name, one in PLACEHOLDERS.items()}
        return context | {
            "most": self.most,
            "html": html or "",
            "nodes": json.dumps(nodes, ensure_ascii=False),
            "placeholders": placeholders,
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Written:
        return Written(data.get(name, ""), data.get(f"{name}_html"))


class RichField(forms.Field):
    """Cleans to what was written."""

    def __init__(self, *, most: int, rows: int, **kwargs: Any) -> None:
        super().__init__(required=False, widget=RichTextarea(most=most, rows=rows), **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data != initial)
