import pytest
from django.db import IntegrityError

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from kb import actions, tasks
from kb.actions.precision import NotAPrecision, OfferAboveAnswer
from kb.live import knowledge
from kb.models import KnowledgeBase, MatcherArtefact
from tests.factories import MONDAY_9AM
from tests.kb.articles import neighbours


def ask(shop: Shop, lin: User, answer: float, offer: float = 0.6) -> None:
    actions.ask_precision(shop=shop, answer=answer, offer=offer, by=lin, at=MONDAY_9AM)


def test_a_new_shop_asks_for_95_and_70_per_cent(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)

    base = KnowledgeBase.objects.get()
    assert (base.asked_answer, base.asked_offer) == (0.95, 0.7)


@pytest.mark.parametrize("trained", [False, True])
def test_the_thresholds_follow_at_the_next_question_without_another_training(
    shop: Shop, lin: User, trained: bool
) -> None:
    neighbours(shop, lin)
    if trained:
        tasks.train_matcher(shop.pk)
    before = knowledge(shop.pk)

    ask(shop, lin, 0.8)

    assert before.thresholds.answer == 0.95
    assert knowledge(shop.pk).thresholds.answer == 0.8
    assert knowledge(shop.pk).trained == before.trained


def test_the_next_training_keeps_what_is_asked(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)
    ask(shop, lin, 0.8)

    tasks.train_matcher(shop.pk)

    assert MatcherArtefact.objects.get().report["asked_precision"] == 0.8


def test_asking_is_written_into_the_audit_trail_once(shop: Shop, lin: User) -> None:
    ask(shop, lin, 0.8)
    ask(shop, lin, 0.8)

    [line] = AuditEntry.objects.filter(verb="kb.ask_precision")
    assert (line.by, line.shop_key) == (lin, "shanye")
    assert (line.details["before"], line.details["after"]) == ([0.95, 0.7], [0.8, 0.6])


@pytest.mark.parametrize("answer", [0.49, 1.0, float("nan")])
def test_a_share_out_of_reach_is_refused(shop: Shop, lin: User, answer: float) -> None:
    with pytest.raises(NotAPrecision):
        ask(shop, lin, answer)


def test_offers_are_never_asked_to_be_surer_than_answers(shop: Shop, lin: User) -> None:
    with pytest.raises(OfferAboveAnswer):
        ask(shop, lin, 0.7, offer=0.8)


def test_the_database_refuses_a_share_out_of_reach(shop: Shop) -> None:
    with pytest.raises(IntegrityError):
        KnowledgeBase.objects.create(shop=shop, asked_answer=0.2)
