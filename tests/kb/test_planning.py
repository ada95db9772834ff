"""Going live and being withdrawn at a time that was planned."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django_q.models import OrmQ, Schedule

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.compliance.models import Rule
from kb import actions, tasks
from kb.actions import planning, publishing
from kb.actions.base import ArchivedArticle
from kb.models import Article, Release
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, published

NOON = MONDAY_9AM + timedelta(hours=3)
EVENING = MONDAY_9AM + timedelta(hours=11)
NEXT_DAY = MONDAY_9AM + timedelta(days=1)


def test_an_article_goes_live_at_its_time_and_not_before(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)
    actions.plan_publish(version=version, when=NOON, by=lin, at=MONDAY_9AM)

    early = actions.carry_out_plans(shop_id=shop.pk, at=NOON - timedelta(seconds=1))
    done = actions.carry_out_plans(shop_id=shop.pk, at=NOON)

    assert (early.published, done.published) == (None, 1)
    article = Article.objects.get()
    assert (article.live_version, article.published_at, article.published_by) == (version, NOON, lin)
    assert (article.planned_version, article.publish_at, article.planned_by) == (None, None, None)


def test_twice_is_once(shop: Shop, lin: User) -> None:
    actions.plan_publish(version=draft(shop, lin), when=NOON, by=lin, at=MONDAY_9AM)

    for _ in range(2):
        actions.carry_out_plans(shop_id=shop.pk, at=NOON)

    assert Release.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_publish_once(shop: Shop, lin: User) -> None:
    actions.plan_publish(version=draft(shop, lin), when=NOON, by=lin, at=MONDAY_9AM)
    together = Barrier(2)
    done: list[planning.CarriedOut] = []

    def worker() -> None:
        together.wait(30)
        done.append(actions.carry_out_plans(shop_id=shop.pk, at=NOON))
        connection.close()

    team = [Thread(target=worker) for _ in range(2)]
    for thread in team:
        thread.start()
    for thread in team:
        thread.join(30)

    assert sorted(done, key=str) == [planning.CarriedOut(published=1), planning.CarriedOut()]
    assert Release.objects.count() == 1


def test_several_that_are_due_are_one_release(shop: Shop, lin: User) -> None:
    for number in range(3):
        version = draft(shop, lin, key=f"a{number}", question=f"Q{number}?")
        actions.plan_publish(version=version, when=NOON + timedelta(minutes=number), by=lin, at=MONDAY_9AM)

    actions.carry_out_plans(shop_id=shop.pk, at=EVENING)

    assert set(Release.objects.values_list("number", flat=True)) == {1}
    assert Article.objects.live().count() == 3


def test_the_version_that_was_planned_goes_live_not_a_newer_draft(shop: Shop, lin: User) -> None:
    planned = draft(shop, lin)
    actions.plan_publish(version=planned, when=NOON, by=lin, at=MONDAY_9AM)
    draft(shop, lin, answer="Not ready yet.")

    actions.carry_out_plans(shop_id=shop.pk, at=NOON)

    assert Article.objects.get().live_version == planned


def test_an_article_is_withdrawn_at_its_time(shop: Shop, lin: User) -> None:
    article = published(shop, lin).article
    actions.plan_withdraw(article=article, when=NOON, by=lin, at=MONDAY_9AM)

    assert actions.carry_out_plans(shop_id=shop.pk, at=NOON).withdrawn == 2
    assert not Article.objects.live().exists()


def test_a_promotion_comes_and_goes(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)
    actions.plan_publish(version=version, when=NOON, by=lin, at=MONDAY_9AM)
    actions.plan_withdraw(article=version.article, when=EVENING, by=lin, at=MONDAY_9AM)

    seen = []
    for when in (MONDAY_9AM, NOON, EVENING):
        actions.carry_out_plans(shop_id=shop.pk, at=when)
        seen.append(Article.objects.live().count())

    assert seen == [0, 1, 0]


def test_a_late_worker_carries_out_what_is_still_wanted(shop: Shop, lin: User) -> None:
    late = draft(shop, lin)
    over = draft(shop, lin, key="over", question="Over?")
    actions.plan_publish(version=late, when=NOON, by=lin, at=MONDAY_9AM)
    actions.plan_publish(version=over, when=NOON, by=lin, at=MONDAY_9AM)
    actions.plan_withdraw(article=over.article, when=EVENING, by=lin, at=MONDAY_9AM)

    actions.carry_out_plans(shop_id=shop.pk, at=NEXT_DAY)

    assert [article.key for article in Article.objects.live()] == ["delivery"]
    assert Article.objects.live().get().published_at == NEXT_DAY
    assert not Article.objects.planned().exists()


def test_a_plan_that_is_refused_is_off_says_why_and_holds_nobody_back(shop: Shop, lin: User) -> None:
    good = draft(shop, lin)
    bad = draft(shop, lin, key="bad", question="Cheap?", answer="真的便宜到哭。")
    for version in (good, bad):
        actions.plan_publish(version=version, when=NOON, by=lin, at=MONDAY_9AM)
    Rule.objects.create(
        shop=shop, key="own-tears", family="absolute", words="便宜到哭", action="block", updated_at=NOON
    )

    done = actions.carry_out_plans(shop_id=shop.pk, at=NOON)

    assert (done.published, done.refused) == (1, 1)
    assert Article.objects.live().get() == good.article
    failed = Article.objects.get(key="bad")
    assert "便宜到哭" in failed.plan_refused
    assert (failed.publish_at, failed.planned_by) == (None, lin)
    entry = AuditEntry.objects.get(verb="kb.plan_failed")
    assert (entry.object_id, entry.details["code"]) == (str(failed.pk), "kb.unsayable-answer")
    assert actions.carry_out_plans(shop_id=shop.pk, at=NEXT_DAY) == planning.CarriedOut()


def test_the_two_person_rule_binds_plans_too(two_people: Shop, lin: User, omar: User) -> None:
    version = draft(two_people, lin)
    with pytest.raises(publishing.NotApproved):
        actions.plan_publish(version=version, when=NOON, by=omar, at=MONDAY_9AM)
    actions.ask_review(article=version.article, by=lin, at=MONDAY_9AM)
    actions.approve(version=version, by=omar, at=MONDAY_9AM)

    actions.plan_publish(version=version, when=NOON, by=lin, at=MONDAY_9AM)

    assert actions.carry_out_plans(shop_id=two_people.pk, at=NOON).published == 1


def test_a_plan_made_before_the_rule_is_kept_back_by_it(shop: Shop, lin: User, omar: User) -> None:
    actions.plan_publish(version=draft(shop, lin), when=NOON, by=lin, at=MONDAY_9AM)
    actions.set_publishing_rules(shop=shop, two_people=True, review_days=180, by=omar, at=MONDAY_9AM)

    assert actions.carry_out_plans(shop_id=shop.pk, at=NOON).refused == 1
    assert not Article.objects.live().exists()


def test_sending_a_version_back_takes_its_plan_away(shop: Shop, lin: User, omar: User) -> None:
    version = draft(shop, lin)
    actions.ask_review(article=version.article, by=lin, at=MONDAY_9AM)
    actions.plan_publish(version=version, when=NOON, by=lin, at=MONDAY_9AM)

    actions.send_back(version=version, note="Not like this.", by=omar, at=MONDAY_9AM)

    assert actions.carry_out_plans(shop_id=shop.pk, at=NOON) == planning.CarriedOut()
    assert Article.objects.get().plan_refused == "Not like this."


def test_publishing_a_newer_version_by_hand_overtakes_the_plan(shop: Shop, lin: User) -> None:
    actions.plan_publish(version=draft(shop, lin), when=NOON, by=lin, at=MONDAY_9AM)
    newer = published(shop, lin, answer="One day.")

    actions.carry_out_plans(shop_id=shop.pk, at=NOON)

    assert Article.objects.get().live_version == newer
    assert not Article.objects.planned().exists()


def test_a_cancelled_plan_does_nothing(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)
    actions.plan_publish(version=version, when=NOON, by=lin, at=MONDAY_9AM)

    actions.cancel_plan(article=version.article, by=lin, at=MONDAY_9AM)

    assert actions.carry_out_plans(shop_id=shop.pk, at=NOON) == planning.CarriedOut()
    with pytest.raises(planning.NothingPlanned):
        actions.cancel_plan(article=version.article, by=lin, at=MONDAY_9AM)


def test_plans_that_make_no_sense_are_refused(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)
    with pytest.raises(planning.PlanInThePast):
        actions.plan_publish(version=version, when=MONDAY_9AM, by=lin, at=MONDAY_9AM)
    with pytest.raises(publishing.NothingToWithdraw):
        actions.plan_withdraw(article=version.article, when=NOON, by=lin, at=MONDAY_9AM)
    actions.plan_publish(version=version, when=NOON, by=lin, at=MONDAY_9AM)
    with pytest.raises(planning.EndsBeforeItBegins):
        actions.plan_withdraw(article=version.article, when=NOON, by=lin, at=MONDAY_9AM)
    actions.plan_withdraw(article=version.article, when=EVENING, by=lin, at=MONDAY_9AM)
    with pytest.raises(planning.EndsBeforeItBegins):
        actions.plan_publish(version=version, when=EVENING, by=lin, at=MONDAY_9AM)
    actions.archive(articles=[version.article], by=lin, at=MONDAY_9AM)
    with pytest.raises(ArchivedArticle):
        actions.plan_publish(version=version, when=NOON, by=lin, at=MONDAY_9AM)


def test_the_minute_queues_one_job_for_each_shop_with_something_due(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)
    assert Schedule.objects.get(name="kb-plans").minutes == 1
    assert tasks.carry_out_plans() == "0 shops have plans that are due"
    actions.plan_publish(version=version, when=NOON, by=lin, at=MONDAY_9AM)

    assert tasks.carry_out_plans() == "1 shops have plans that are due"
    [job] = OrmQ.objects.all()
    assert (job.func(), job.args()) == ("kb.tasks.carry_out_plans_of", (shop.pk,))
    assert tasks.carry_out_plans_of(shop.pk) == "published in 1, withdrawn in None, 0 refused"
