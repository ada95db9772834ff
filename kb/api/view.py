"""What the addresses of the knowledge base add to every refusal: the field, and the rows of many."""

from typing import Any, Final

from rest_framework.response import Response

from cscore.commerce.api import ApiView
from cscore.common.errors import Refusal
from kb.actions import BadImport
from kb.imports import Issue
from kb.rules import FIELD_OF

_MOST_ISSUES: Final = 100


class KbView(ApiView):
    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, BadImport):
            exc.details["issues"] = [_told(issue) for issue in exc.issues[:_MOST_ISSUES]]
        elif isinstance(exc, Refusal) and exc.code in FIELD_OF:
            exc.details["field"] = FIELD_OF[exc.code]
        return super().handle_exception(exc)


def _told(issue: Issue) -> dict[str, Any]:
    field = FIELD_OF.get(issue.refusal.code) or issue.refusal.details.get("field", "")
    return {
        "row": issue.line,
        "field": str(field),
        "code": issue.refusal.code,
        "sentence": str(issue.refusal),
    }
