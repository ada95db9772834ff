"""What an editor learns about a draft before it goes live."""

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from django_q.models import OrmQ

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions, tasks
from kb.matching import Report
from kb.models import ArticleVersion, TrialTraining
from kb.outlooks import Outlook, outlook_of
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, published

THINGS = ("tent", "lamp", "stove", "mat", "cup", "pole", "rope", "boot")
WAYS = ("how do I clean my {}", "cleaning a {}", "my {} is dirty", "wash the {}", "stains on the {}")


@pytest.fixture
def shelf(shop: Shop, lin: User) -> None:
    """Eight live articles that are easily told apart, trained."""
    for thing in THINGS:
        phrasings = [way.format(thing) for way in WAYS]
        published(
            shop, lin, key=thing, question=f"Cleaning: {thing}", phrasings=phrasings, answer=f"{thing}."
        )
    actions.ask_precision(shop=shop, answer=0.9, offer=0.6, by=lin, at=MONDAY_9AM)
    tasks.train_matcher(shop.pk)
    OrmQ.objects.all().delete()


def measured(version: ArticleVersion) -> Outlook:
    actions.ask_trial(version=version, at=MONDAY_9AM)
    tasks.try_training(version.pk)
    with translation.override("en"):
        found = outlook_of(version)
    assert found is not None
    return found


def test_a_draft_that_says_what_another_says_is_warned_of_before_it_is_live(
    shop: Shop, lin: User, shelf: None
) -> None:
    phrasings = [way.format(thing) for thing in THINGS for way in WAYS]
    version = draft(shop, lin, key="all", question="Cleaning anything", phrasings=phrasings, answer="Ask us.")

    found = measured(version)

    assert found.is_done
    assert found.warns
    assert "the bot would answer" in found.sentences[0]
    assert any("Taken for" in sentence for sentence in found.sentences)
    assert version.article.live_version_id is None


def test_a_draft_that_harms_nothing_is_no_warning(shop: Shop, lin: User, shelf: None) -> None:
    version = draft(
        shop, lin, key="invoice", question="How do I get an invoice?",
        phrasings=["send me the bill", "I need an invoice", "invoice for my company"], answer="By mail.",
    )  # fmt: skip

    found = measured(version)

    assert (found.is_done, found.warns) == (True, False)


def test_it_is_measured_once_for_what_is_live_and_again_after_a_release(
    shop: Shop, lin: User, shelf: None
) -> None:
    version = draft(shop, lin, key="gift", question="Do you wrap gifts?", phrasings=[], answer="Yes.")
    for _twice in range(2):
        actions.ask_trial(version=version, at=MONDAY_9AM)
    once = OrmQ.objects.count()
    under_way = outlook_of(version)

    published(shop, lin, key="hours", question="When are you open?", phrasings=[], answer="Always.")
    OrmQ.objects.all().delete()
    old = outlook_of(version)
    actions.ask_trial(version=version, at=MONDAY_9AM)

    assert once == 1
    assert under_way is not None
    assert not under_way.is_done
    assert old is not None
    assert old.is_old
    assert OrmQ.objects.count() == 1


def test_a_trial_that_never_ended_is_asked_for_anew(shop: Shop, lin: User, shelf: None) -> None:
    version = draft(shop, lin, key="gift", question="Do you wrap gifts?", phrasings=[], answer="Yes.")
    actions.ask_trial(version=version, at=MONDAY_9AM)
    OrmQ.objects.all().delete()

    for hours in (1, 24, 25):
        actions.ask_trial(version=version, at=MONDAY_9AM + timedelta(hours=hours))

    assert OrmQ.objects.count() == 1


def test_what_is_live_or_was_rewritten_is_not_measured(shop: Shop, lin: User, shelf: None) -> None:
    live = shop.articles.get(key="tent").live_version
    assert live is not None
    first = draft(shop, lin, key="gift", question="Do you wrap gifts?", phrasings=[], answer="Yes.")
    actions.ask_trial(version=first, at=MONDAY_9AM)
    draft(shop, lin, key="gift", question="Do you wrap gifts?", phrasings=[], answer="Yes, with a card.")

    assert actions.ask_trial(version=live, at=MONDAY_9AM) is None
    assert tasks.try_training(first.pk) == "nobody asks this any more"
    assert TrialTraining.objects.get().finished_at is None


def test_saving_a_draft_asks_and_the_page_tells(editor: Client, shop: Shop, lin: User, shelf: None) -> None:
    version = draft(shop, lin, key="gift", question="Do you wrap gifts?", phrasings=[], answer="Yes.")
    page = f"/admin/kb/article/{version.article_id}/change/"
    assert "Measure what publishing would do" in editor.get(page).content.decode()

    editor.post(f"/admin/kb/article/{version.article_id}/try/", follow=True)
    OrmQ.objects.all().delete()
    tasks.try_training(version.pk)

    answer = editor.get(f"/admin/kb/article/{version.article_id}/outlook/").json()
    assert answer["done"] is True
    assert answer["sentences"][0] in editor.get(page).content.decode()


GOOD = Report("blend", judged=400, accuracy=0.9, asked_precision=0.95, coverage=0.8, precision=0.96)


@pytest.mark.parametrize(
    ("after", "warns"),
    [
        (GOOD, False),
        (replace(GOOD, precision=0.90), True),
        (replace(GOOD, coverage=0.7), True),
        (replace(GOOD, coverage=0.78), False),
        (replace(GOOD, judged=0, coverage=0.0, precision=0.0), False),
    ],
)
def test_less_precision_than_asked_and_lost_coverage_warn(
    shop: Shop, lin: User, after: Report, warns: bool
) -> None:
    version = draft(shop, lin)
    stored = [{"report": asdict(report)} for report in (GOOD, after)]
    TrialTraining.objects.create(
        version=version,
        release=0,
        before=stored[0],
        after=stored[1],
        asked_at=MONDAY_9AM,
        finished_at=MONDAY_9AM,
    )

    found = outlook_of(version)

    assert found is not None
    assert found.warns is warns
