"""Shortcuts for tests that need published articles: through the actions, as editors do it."""

from typing import Any

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions
from kb.models import ArticleVersion
from tests.factories import MONDAY_9AM


def draft(shop: Shop, by: User, **fields: Any) -> ArticleVersion:
    """A saved draft about delivery, unless said otherwise."""
    text = {
        "key": "delivery",
        "category": None,
        "question": "How long does delivery take?",
        "phrasings": ["When will my parcel arrive?"],
        "answer": "Two to four days.",
    }
    return actions.save_draft(shop=shop, by=by, at=MONDAY_9AM, **text | fields)


def published(shop: Shop, by: User, **fields: Any) -> ArticleVersion:
    """The same, live."""
    version = draft(shop, by, **fields)
    actions.publish(versions=[version], by=by, at=MONDAY_9AM)
    return version
