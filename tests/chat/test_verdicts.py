"""From a thumb to the thresholds of the next training."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from chat.models import BotTurn, Thumb
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from kb import live, tasks
from kb.models import ArticleVersion, KnowledgeBase, MatcherArtefact
from tests.factories import make_conversation, make_message
from tests.kb.articles import neighbours, published


@pytest.fixture(autouse=True)
def _nothing_is_remembered_from_another_test() -> None:
    live.shelf.clear()


@pytest.fixture
def trained(shop: Shop, lin: User) -> ArticleVersion:
    """Three live articles, trained; the first of them."""
    neighbours(shop, lin)
    version = published(shop, lin)
    tasks.train_matcher(shop.pk)
    return version


def judged(
    version: ArticleVersion, text: str, *, up: bool, agent: User | None = None, **fields: Any
) -> Thumb:
    """A thumb as a row."""
    question = make_message(conversation=make_conversation(shop=version.article.shop), body=text)
    BotTurn.objects.create(message=question, step="known_answer", decision="answer")
    voter = f"agent:{agent.pk}" if agent else f"visitor:{question.conversation.visitor_id}"
    defaults = {"voter_key": voter, "agent": agent, "at": clock.now()}
    return Thumb.objects.create(question=question, version=version, up=up, **defaults | fields)


def edition_of(shop: Shop) -> KnowledgeBase:
    return KnowledgeBase.objects.get(shop=shop)


def test_many_verdicts_lower_the_confidence_in_every_process_after_the_nightly_training(
    shop: Shop, trained: ArticleVersion
) -> None:
    asked = "when does my parcel arrive please tell"
    before = live.knowledge(shop.pk).match(asked).candidates[0].confidence
    for _one in range(80):
        judged(trained, asked, up=False)

    tasks.train_again(shop.pk)

    now = live.knowledge(shop.pk)
    assert now.matcher.trial.heard.moved
    assert (now.matcher.trial.heard.count, now.matcher.trial.heard.voters) == (80, 80)
    assert now.match(asked).candidates[0].confidence < before - 0.1
    assert MatcherArtefact.objects.filter(shop=shop).count() == 1


def test_a_handful_of_verdicts_moves_nothing(shop: Shop, trained: ArticleVersion) -> None:
    before = live.knowledge(shop.pk).thresholds
    for _one in range(5):
        judged(trained, "when does my parcel arrive please tell", up=False)

    tasks.train_again(shop.pk)

    knowledge = live.knowledge(shop.pk)
    assert knowledge.thresholds == before
    assert (knowledge.matcher.trial.heard.count, knowledge.matcher.trial.heard.moved) == (5, False)


def test_one_visitor_moves_nothing_however_often_he_votes(shop: Shop, trained: ArticleVersion) -> None:
    for number in range(200):
        judged(trained, f"when does my parcel {number} arrive please", up=False, voter_key="visitor:1")

    tasks.train_again(shop.pk)

    assert not live.knowledge(shop.pk).matcher.trial.heard.moved


def test_what_an_agent_rejected_is_not_answered_from_that_article(
    shop: Shop, trained: ArticleVersion, mei: User
) -> None:
    asked = "When will my parcel arrive at the moon?"
    first = live.knowledge(shop.pk).match(asked).candidates[0].id

    judged(trained, f"Hello, {asked}", up=False, agent=mei)
    tasks.train_again(shop.pk)

    match = live.knowledge(shop.pk).match(asked)
    assert first == "delivery"
    assert match.decision == "hand_over"
    assert "delivery" not in [candidate.id for candidate in match.candidates]


def test_an_articles_own_wording_stays_answered_whatever_an_agent_says(
    shop: Shop, trained: ArticleVersion, mei: User
) -> None:
    judged(trained, trained.question, up=False, agent=mei)

    tasks.train_again(shop.pk)

    assert live.knowledge(shop.pk).match(trained.question).decision == "answer"


def test_each_night_only_shops_with_new_verdicts_are_trained_again(
    shop: Shop, trained: ArticleVersion
) -> None:
    OrmQ.objects.all().delete()

    assert tasks.hear_verdicts().startswith("0 shops")
    judged(trained, "when does it come", up=True)
    assert tasks.hear_verdicts().startswith("1 shops")
    tasks.train_again(shop.pk)
    assert tasks.hear_verdicts().startswith("0 shops")

    assert OrmQ.objects.count() == 1
    nightly = Schedule.objects.get(name="kb-verdicts")
    assert nightly.func == "kb.tasks.hear_verdicts"
    assert timezone.localtime(nightly.next_run).hour == 3


def test_a_shop_whose_training_was_lost_is_caught_up_with_at_night(
    shop: Shop, trained: ArticleVersion
) -> None:
    KnowledgeBase.objects.filter(shop=shop).update(trained_release=0, trained_at=None)
    OrmQ.objects.all().delete()

    tasks.hear_verdicts()

    assert [job.func() for job in OrmQ.objects.all()] == ["kb.tasks.train_matcher"]
    tasks.train_matcher(shop.pk)
    base = KnowledgeBase.objects.get(shop=shop)
    assert base.trained_release == base.release > 0


def test_a_training_made_meanwhile_is_kept(
    shop: Shop, trained: ArticleVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn = tasks.train

    def interrupted(*args: Any, **kwargs: Any) -> Any:
        KnowledgeBase.objects.update(trained_at=clock.now() + timedelta(seconds=1))
        return learn(*args, **kwargs)

    monkeypatch.setattr(tasks, "train", interrupted)

    assert tasks.train_again(shop.pk) == f"release {edition_of(shop).release} was trained meanwhile"


def test_a_publish_hears_verdicts_too(shop: Shop, trained: ArticleVersion, lin: User) -> None:
    judged(trained, "when does it come", up=True)

    published(shop, lin, key="gift", question="Do you wrap gifts?", phrasings=[], answer="Yes.")
    tasks.train_matcher(shop.pk)

    assert live.knowledge(shop.pk).matcher.trial.heard.count == 1
