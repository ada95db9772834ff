"""Settings from the environment: typed, and refused in words when they are bad."""

import os
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})

# Keys that stand in tutorials and templates: whoever knows one can sign sessions.
KNOWN_KEYS = frozenset({"secret", "changeme", "change-me", "insecure", "test", "password"})
SHORTEST_KEY = 40


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding space."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or no; anything else is refused."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no; write {name}=1 or {name}=0.")


def number(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    value = text(name, str(default))
    try:
        found = int(value)
    except ValueError as bad:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from bad
    if not low <= found <= high:
        raise ImproperlyConfigured(f"{name}={found} is outside {low} to {high}.")
    return found


def listed(name: str, default: Sequence[str] = ()) -> list[str]:
    """Comma-separated words, without empty ones."""
    value = os.environ.get(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)


def secret(name: str) -> str:
    """A key nobody can guess: present, long enough and not one that the whole world knows."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is missing; `make setup` writes a fresh one into .env.")
    if value.lower() in KNOWN_KEYS or value.startswith("django-insecure") or len(set(value)) < 10:
        raise ImproperlyConfigured(
            f"{name} is a known or guessable key; `make setup` writes a fresh one into .env."
        )
    if len(value) < SHORTEST_KEY:
        raise ImproperlyConfigured(f"{name} is shorter than {SHORTEST_KEY} characters.")
    return value


def url(name: str, default: str, *, schemes: Sequence[str]) -> str:
    """An address whose scheme is one of those given; empty stays empty."""
    value = text(name) or default
    if value and value.partition("://")[0] not in schemes:
        raise ImproperlyConfigured(f"{name} must start with one of: {', '.join(f'{s}://' for s in schemes)}.")
    return value
