"""What the addresses of the knowledge base add to every refusal: the field, and the rows of many."""

from typing import Any, Final

from rest_framework.response import Response

from cscore.commerce.api import ApiView
from cscore.common.errors import Refusal
from kb.actions import BadImport
from kb.columns import column_of
from kb.imports import Issue, Sheet
from kb.rules import FIELD_OF
from kb.tables import cell_of

_MOST_ISSUES: Final = 100


class KbView(ApiView):
    # What was read of a file or of many rows, so that a refusal can say where in it.
    sheet = Sheet({}, ())

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, BadImport):
            exc.details["issues"] = [_told(self.sheet, issue) for issue in exc.issues[:_MOST_ISSUES]]
        elif isinstance(exc, Refusal) and exc.code in FIELD_OF:
            exc.details["field"] = FIELD_OF[exc.code]
        return super().handle_exception(exc)


def _told(sheet: Sheet, issue: Issue) -> dict[str, Any]:
    field = column_of(issue.refusal) or issue.refusal.details.get("field", "")
    cell = cell_of(sheet, issue)
    return {
        "row": issue.line,
        "field": str(field),
        "code": issue.refusal.code,
        "sentence": str(issue.refusal),
    } | ({"cell": cell} if cell else {})
