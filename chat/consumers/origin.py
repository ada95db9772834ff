"""From which pages a socket may be opened: scheme, host and port, whatever garbage the header holds."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

PORTS = {"http": 80, "https": 443}
WEB_SCHEME = {"ws": "http", "wss": "https", "http": "http", "https": "https"}
Origin = tuple[str, str, int]


def parsed(origin: str) -> Origin | None:
    """(scheme, host, port) of a bare web origin; None for anything else, including `null`."""
    try:
        parts = urlsplit(origin)
        port = parts.port or PORTS.get(parts.scheme)
        bare = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
        if not bare or port is None or parts.scheme not in PORTS or not parts.hostname:
            return None
        return parts.scheme, parts.hostname, port
    except ValueError:
        return None


def allowed(origin: str, *, own: Origin | None, others: Iterable[str] = ()) -> bool:
    """Whether a page of this origin is our own or one of those listed."""
    found = parsed(origin)
    return found is not None and (found == own or any(found == parsed(str(other)) for other in others))


def own_origin(scope: Mapping[str, Any]) -> Origin | None:
    """Our own origin as the browser sees it; None for a Host header that is not one of ours."""
    host = header(scope, b"host")
    domain, _port = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return None
    return parsed(f"{WEB_SCHEME.get(scope.get('scheme', 'ws'), 'http')}://{host}")


def header(scope: Mapping[str, Any], name: bytes) -> str:
    """The header's value, or nothing; given twice it is nothing, too."""
    values = [value for key, value in scope.get("headers", ()) if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else ""
