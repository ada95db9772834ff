"""Golden questions are asked before the shop is locked, and what was found counts only as long as nothing moved."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions, golden
from kb.comparing import Outcome
from kb.imports import Sheet
from kb.live import Knowledge
from kb.models import Article
from kb.rules import Draft
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, neighbours, published

pytestmark = pytest.mark.django_db(transaction=True)

NOON = MONDAY_9AM + timedelta(hours=3)
GOLDEN = "When will my parcel arrive?"
AWAY = {"question": "Who was Ada Lovelace?", "phrasings": []}
Ask = Callable[[Knowledge, str], Outcome]


@pytest.fixture(autouse=True)
def three_articles(shop: Shop, lin: User) -> None:
    """Three live articles, and a golden question of the one about delivery."""
    neighbours(shop, lin)
    version = published(shop, lin)
    actions.keep_golden(article=version.article, question=GOLDEN, by=lin, at=MONDAY_9AM)


@pytest.fixture
def while_asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Knowledge], object]], None]:
    """Has something done at each golden question that is asked."""
    ask: Ask = golden.asked

    def listening(do: Callable[[Knowledge], object]) -> None:
        def asked(knowledge: Knowledge, question: str) -> Outcome:
            do(knowledge)
            return ask(knowledge, question)

        monkeypatch.setattr(golden, "asked", asked)

    return listening


def by_publish(shop: Shop, lin: User) -> None:
    actions.publish(versions=[draft(shop, lin, answer="One day.")], by=lin, at=MONDAY_9AM)


def by_withdrawal(shop: Shop, lin: User) -> None:
    actions.withdraw(articles=[Article.objects.get(key="invoice")], by=lin, at=MONDAY_9AM)


def by_archiving(shop: Shop, lin: User) -> None:
    actions.archive(articles=[Article.objects.get(key="invoice")], by=lin, at=MONDAY_9AM)


def by_undo(shop: Shop, lin: User) -> None:
    published(shop, lin, key="tents", question="Do you sell tents?", phrasings=[], answer="Five.")
    actions.undo(shop=shop, release=3, by=lin, at=MONDAY_9AM)


def by_merge(shop: Shop, lin: User) -> None:
    one, other = Article.objects.get(key="delivery"), Article.objects.get(key="invoice")
    version = actions.merge(into=one, other=other, by=lin, at=MONDAY_9AM)
    actions.publish(versions=[version], by=lin, at=MONDAY_9AM)


def by_import(shop: Shop, lin: User) -> None:
    sheet = Sheet({2: Draft("tents", "Do you sell tents?", (), "Five.")}, ())
    actions.import_articles(shop=shop, sheet=sheet, by=lin, at=MONDAY_9AM, to_publish=True)


def by_plans(shop: Shop, lin: User) -> None:
    actions.plan_publish(version=draft(shop, lin, answer="One day."), when=NOON, by=lin, at=MONDAY_9AM)
    invoice = Article.objects.get(key="invoice")
    actions.plan_withdraw(article=invoice, when=NOON, by=lin, at=MONDAY_9AM)
    actions.carry_out_plans(shop_id=shop.pk, at=NOON)


WAYS = [by_publish, by_withdrawal, by_archiving, by_undo, by_merge, by_import, by_plans]


@pytest.mark.parametrize("way", WAYS)
def test_nobody_waits_while_golden_questions_are_asked(
    shop: Shop,
    lin: User,
    while_asked: Callable[[Callable[[Knowledge], object]], None],
    way: Callable[[Shop, User], None],
) -> None:
    locked: set[bool] = set()
    while_asked(lambda knowledge: locked.add(connection.in_atomic_block))

    way(shop, lin)

    assert locked == {False}


def test_a_golden_question_kept_meanwhile_holds_the_publish_back(
    shop: Shop, lin: User, while_asked: Callable[[Callable[[Knowledge], object]], None]
) -> None:
    returns = Article.objects.get(key="returns")
    version = draft(shop, lin, key="returns", **AWAY)
    while_asked(
        lambda knowledge: actions.keep_golden(
            article=returns, question="Can I send it back?", by=lin, at=MONDAY_9AM
        )
    )

    with pytest.raises(actions.GoldenRegression) as held:
        actions.publish(versions=[version], by=lin, at=MONDAY_9AM)

    assert [one.question for one in held.value.regressions] == ["Can I send it back?"]


def test_a_release_meanwhile_has_the_questions_asked_again_of_it(
    shop: Shop, lin: User, while_asked: Callable[[Callable[[Knowledge], object]], None]
) -> None:
    meanwhile = draft(shop, lin, key="tents", question="Do you sell tents?", phrasings=[], answer="Five.")
    version = draft(shop, lin, answer="One day.")
    asked_of: list[int] = []

    def publish_once(knowledge: Knowledge) -> None:
        asked_of.append(knowledge.release)
        if len(asked_of) == 1:
            actions.publish(versions=[meanwhile], by=lin, at=MONDAY_9AM)

    while_asked(publish_once)

    number = actions.publish(versions=[version], by=lin, at=MONDAY_9AM)

    assert number == 4
    assert (asked_of[0], asked_of[-1]) == (2, 3)


def test_a_shop_that_never_stands_still_is_published_all_the_same(
    shop: Shop, lin: User, while_asked: Callable[[Callable[[Knowledge], object]], None]
) -> None:
    outer: list[Knowledge] = []

    def always_another(knowledge: Knowledge) -> None:
        # What is asked behind the lock is the last try: nobody else gets in between.
        if not connection.in_atomic_block and len(outer) < 50:
            outer.append(knowledge)
            actions.set_publishing_rules(
                shop=shop, two_people=False, review_days=100 + len(outer), by=lin, at=MONDAY_9AM
            )
            actions.keep_golden(
                article=Article.objects.get(key="delivery"),
                question=f"{GOLDEN} {len(outer)}",
                by=lin,
                at=NOON,
            )

    while_asked(always_another)

    assert actions.publish(versions=[draft(shop, lin, answer="One day.")], by=lin, at=MONDAY_9AM) == 3
    assert 0 < len(outer) < 50


def test_a_bad_plan_among_others_does_not_ask_again_how_questions_fare_now(
    shop: Shop, lin: User, while_asked: Callable[[Callable[[Knowledge], object]], None]
) -> None:
    bad = draft(shop, lin, **AWAY)
    good = draft(shop, lin, key="tents", question="Do you sell tents?", phrasings=[], answer="Five.")
    for version in (bad, good):
        actions.plan_publish(version=version, when=NOON, by=lin, at=MONDAY_9AM)
    asked: list[Knowledge] = []
    while_asked(asked.append)

    done = actions.carry_out_plans(shop_id=shop.pk, at=NOON)

    assert (done.published, done.refused) == (3, 1)
    # Once now; then with both plans, with the bad one, with the good one.
    assert len(asked) == 4
