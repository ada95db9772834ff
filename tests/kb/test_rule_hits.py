"""Which articles a wording rule finds something in, today."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.compliance.actions import save_rule
from cscore.compliance.models import Rule
from kb import actions, tasks
from kb.models import Article, ArticleVersion, RuleHit
from kb.workflow import hit_at_all, hit_by
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, published

TEARS = {"key": "own-tears", "family": "absolute", "words": "便宜到哭", "suggestion": "价格优惠"}


def rule(shop: Shop, ada: User, **fields: object) -> Rule:
    row = Rule.objects.filter(shop=shop, key="own-tears").first() or Rule(shop=shop, **TEARS)
    for name, value in {"action": "block", **fields}.items():
        setattr(row, name, value)
    return save_rule(rule=row, by=ada, at=MONDAY_9AM)


def told_against(key: str) -> list[str]:
    return [article.key for article in Article.objects.filter(hit_by(key, version="live_version"))]


def test_findings_are_stored_with_the_text_once_for_each_rule(shop: Shop, lin: User, ada: User) -> None:
    rule(shop, ada)

    version = draft(shop, lin, question="便宜到哭吗？", answer="便宜到哭，真的便宜到哭。")

    assert len(version.findings) == 3
    [hit] = RuleHit.objects.all()
    assert (hit.version, hit.rule, hit.blocks) == (version, "own-tears", True)


def test_a_question_may_say_what_blocks_an_answer(shop: Shop, lin: User, ada: User) -> None:
    rule(shop, ada)

    draft(shop, lin, question="便宜到哭吗？", answer="请看活动页面。")

    assert [hit.blocks for hit in RuleHit.objects.all()] == [False]


@pytest.mark.django_db(transaction=True)
def test_a_rule_that_changes_has_every_article_of_its_shop_read_again(
    shop: Shop, lin: User, ada: User
) -> None:
    version = published(shop, lin, answer="真的便宜到哭。")
    assert told_against("own-tears") == []
    OrmQ.objects.all().delete()

    rule(shop, ada)
    [job] = OrmQ.objects.all()
    assert (job.func(), job.args()) == ("kb.tasks.recheck_wording", (shop.pk,))
    assert tasks.recheck_wording(shop.pk) == "news in 1 versions"

    assert told_against("own-tears") == ["delivery"]
    assert [found["text"] for found in ArticleVersion.objects.get(pk=version.pk).findings] == ["便宜到哭"]
    assert tasks.recheck_wording(shop.pk) == "news in 0 versions"


def test_a_rule_that_is_switched_off_finds_nothing_any_more(shop: Shop, lin: User, ada: User) -> None:
    rule(shop, ada, action="warn")
    published(shop, lin, answer="真的便宜到哭。")
    assert told_against("own-tears") == ["delivery"]

    rule(shop, ada, active=False)
    actions.recheck_wording(shop=shop, at=MONDAY_9AM)

    assert told_against("own-tears") == []
    assert not Article.objects.filter(hit_at_all(version="latest_version")).exists()


def test_a_rule_that_begins_on_a_day_finds_from_that_day_on(shop: Shop, lin: User, ada: User) -> None:
    published(shop, lin, answer="真的便宜到哭。")
    rule(shop, ada, effective_from=date(2026, 6, 3))

    assert actions.recheck_wording(shop=shop, at=MONDAY_9AM) == 0
    assert actions.recheck_wording(shop=shop, at=MONDAY_9AM + timedelta(days=2)) == 1
    daily = Schedule.objects.get(name="kb-wording")
    assert (daily.schedule_type, timezone.localtime(daily.next_run).hour) == ("D", 0)


def test_a_live_version_is_read_again_beside_a_newer_draft(shop: Shop, lin: User, ada: User) -> None:
    published(shop, lin, answer="真的便宜到哭。")
    draft(shop, lin, answer="请看活动页面。")
    rule(shop, ada)

    actions.recheck_wording(shop=shop, at=MONDAY_9AM)

    assert told_against("own-tears") == ["delivery"]
    assert not Article.objects.filter(hit_by("own-tears", version="latest_version")).exists()


def test_the_rule_of_one_shop_says_nothing_of_another(
    shop: Shop, other_shop: Shop, lin: User, ada: User
) -> None:
    rule(shop, ada)
    actions.save_draft(
        shop=other_shop, key="a", category=None, question="A?", phrasings=(), answer="便宜到哭。",
        by=None, at=MONDAY_9AM,
    )  # fmt: skip

    assert actions.recheck_wording(shop=other_shop, at=MONDAY_9AM) == 0
    assert not RuleHit.objects.exists()
