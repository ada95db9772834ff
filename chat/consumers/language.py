"""In which language a socket speaks before anybody says so."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from chat.consumers.origin import header


def language_of(scope: Mapping[str, Any]) -> str:
    """The language cookie, else the browser's first language that we speak, else the default."""
    wishes = [scope.get("cookies", {}).get(settings.LANGUAGE_COOKIE_NAME, "")]
    wishes += [code for code, _weight in parse_accept_lang_header(header(scope, b"accept-language"))]
    for wish in filter(None, wishes):
        try:
            return get_supported_language_variant(wish)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
