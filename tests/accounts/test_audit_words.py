"""The audit trail is read by people: every verb that the code writes has words, and the page shows them."""

import re
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from chat.models import GapState
from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.accounts.verbs import VERBS
from cscore.commerce.models import Shop
from kb.models import ReleaseVerb, Verdict
from tests.factories import MONDAY_9AM, make_person

APPS = ("cscore", "kb", "tickets", "chat", "analytics")
WRITES = re.compile(
    r'(?:record|_record)\(\s*(?:\w+, )?(?:by=\w+, )?(?:verb=)?f?"([a-z]+\.[a-z_{}-]+)"|verb=f?"([a-z]+\.[a-z_{}-]+)"'
)


def written() -> set[str]:
    """The verbs that stand in calls which write the trail."""
    files = chain.from_iterable((Path(settings.BASE_DIR) / app).rglob("*.py") for app in APPS)
    found = (WRITES.findall(file.read_text(encoding="utf-8")) for file in files)
    return {first or second for pairs in found for first, second in pairs}


def test_every_verb_that_the_code_writes_has_words() -> None:
    plain = {verb for verb in written() if "{" not in verb}
    made = {
        *(f"kb.{verb}" for verb in ReleaseVerb.values),
        *(f"kb.review_{verdict}" for verdict in Verdict.values),
        *(f"chat.gap-{state}" for state in GapState.values),
    }

    assert len(plain) > 40
    assert (plain | made) - set(VERBS) == set()


@pytest.mark.django_db
def test_the_trail_says_what_was_done_in_words(shop: Shop, client: Client) -> None:
    ada: User = make_person(username="ada", role=Role.ADMINISTRATOR, shops=(shop,))
    audit.record(by=ada, verb="kb.review_sent_back", on=shop, at=MONDAY_9AM, shop_key=shop.key)
    client.force_login(ada)

    page = client.get(reverse("admin:accounts_auditentry_changelist"), HTTP_ACCEPT_LANGUAGE="en")

    assert "sent a version back" in page.content.decode()
