"""Who sits at a desk: the signed-in session of the page, looked at again at every action."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from chat.access import agent_still
from cscore.accounts.models import User
from cscore.common.errors import SignInFirst

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


@dataclass(slots=True)
class Session:
    """A browser session by its key; `person_id` is known once agent() has been asked."""

    key: str
    person_id: int = 0

    def agent(self) -> User:
        """The person, while the session lives and the role opens the desk. Raises SignInFirst or NotAllowed."""
        content = SessionStore(self.key).load() if self.key else {}
        if SESSION_KEY not in content:
            raise SignInFirst
        person = agent_still(int(content[SESSION_KEY]))
        if not constant_time_compare(content.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
            raise SignInFirst
        if self.person_id and person.pk != self.person_id:
            raise SignInFirst
        self.person_id = person.pk
        return person


def session_of(scope: Mapping[str, Any]) -> Session:
    """The session that the page's cookie names."""
    return Session(scope.get("cookies", {}).get(settings.SESSION_COOKIE_NAME, ""))
