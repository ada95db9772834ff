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


def neighbours(shop: Shop, by: User) -> int:
    """Two live articles about other things, so that there is something to tell apart; returns the release."""
    returns = draft(
        shop,
        by,
        key="returns",
        question="Can I send it back?",
        phrasings=["I want to return my order"],
        answer="Within seven days.",
    )
    invoice = draft(
        shop,
        by,
        key="invoice",
        question="How do I get an invoice?",
        phrasings=["Please send me the bill"],
        answer="By e-mail, after delivery.",
    )
    return actions.publish(versions=[returns, invoice], by=by, at=MONDAY_9AM)
