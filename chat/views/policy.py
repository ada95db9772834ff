"""The content policy of the pages that show customers' words."""

from csp.constants import SELF
from django.http import HttpResponse


def no_markup_from_scripts(response: HttpResponse, *, embedded_by: list[str] | None = None) -> HttpResponse:
    """Scripts may not turn text into markup (Trusted Types); only `embedded_by` and we may frame the page.

    Answers may show pictures from where the shop keeps them: over https, and nothing but pictures.
    """
    replaced = {
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
        "img-src": [SELF, "data:", "https:"],
    }
    if embedded_by is not None:
        replaced["frame-ancestors"] = [SELF, *embedded_by]
    response._csp_replace = replaced  # type: ignore[attr-defined]
    return response
