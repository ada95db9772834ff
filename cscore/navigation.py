"""The admin's sidebar: only what the person may open."""

from django.http import HttpRequest


def for_request(request: HttpRequest) -> list[dict[str, object]]:
    return []
