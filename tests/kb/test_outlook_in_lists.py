"""The list and the page before a bulk publish warn as the article's own page does."""

from dataclasses import asdict

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb.matching import Report
from kb.models import Article, KnowledgeBase, TrialTraining
from kb.outlooks import warning_of
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, published

LIST = reverse("admin:kb_article_changelist")
GOOD = Report("blend", 200, 0.95, 0.95, 0.9, 0.96)
BAD = Report("blend", 200, 0.8, 0.95, 0.4, 0.96)


@pytest.fixture
def editor(client: Client, lin: User) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(lin)
    return client


def tried(shop: Shop, lin: User, after: Report, *, late: int = 0) -> Article:
    """A draft whose trial training found this; `late` releases went live since."""
    published(shop, lin, key="live")
    version = draft(shop, lin, key="new", question="Do you engrave?")
    TrialTraining.objects.create(
        version=version,
        release=KnowledgeBase.objects.get(shop=shop).release - late,
        before={"report": asdict(GOOD)},
        after={"report": asdict(after)},
        asked_at=MONDAY_9AM,
        finished_at=MONDAY_9AM,
    )
    return Article.objects.get(pk=version.article_id)


def before_publishing(editor: Client, article: Article) -> str:
    asked = {"action": "publish_chosen", ACTION_CHECKBOX_NAME: [article.pk]}
    return editor.post(LIST, asked).content.decode()


def test_what_costs_many_answers_is_warned_of_in_both(editor: Client, shop: Shop, lin: User) -> None:
    article = tried(shop, lin, BAD)

    for page in (editor.get(LIST).content.decode(), before_publishing(editor, article)):
        assert "the bot would answer 40.0% of the wordings" in page


def test_what_costs_nothing_is_not(editor: Client, shop: Shop, lin: User) -> None:
    article = tried(shop, lin, GOOD)

    for page in (editor.get(LIST).content.decode(), before_publishing(editor, article)):
        assert "the bot would answer" not in page


def test_an_old_trial_warns_of_nothing(shop: Shop, lin: User) -> None:
    article = tried(shop, lin, BAD, late=1)

    with translation.override("en"):
        assert warning_of(article) == ()
