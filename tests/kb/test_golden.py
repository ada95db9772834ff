"""Golden questions hold back every release that would lose them."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.common.errors import NotAllowed
from kb import actions, live
from kb.actions.golden import BadGolden, TooManyGolden
from kb.actions.holding import GoldenRegression
from kb.golden import MOST_KEPT
from kb.imports import Sheet
from kb.models import Article, ArticleVersion, GoldenQuestion, Release
from kb.questions import read_lines
from kb.rules import Draft
from tests.factories import MONDAY_9AM, make_shop
from tests.kb.articles import draft, neighbours, published
from tests.kb.pages import LIST, change, form_of, said

DELIVERY = "How long does delivery take?"
GOLDEN = "When will my parcel arrive?"
HELD = "Held back: golden questions would no longer be answered as they must be (1)"
AWAY = {"question": "Who was Ada Lovelace?", "phrasings": []}


@pytest.fixture(autouse=True)
def kept(shop: Shop, lin: User) -> GoldenQuestion:
    """Three live articles, and the question about parcels must stay answered by the one about delivery."""
    neighbours(shop, lin)
    version = published(shop, lin)
    return actions.keep_golden(article=version.article, question=GOLDEN, by=lin, at=MONDAY_9AM)


def release(shop: Shop) -> int:
    return live.knowledge(shop.pk).release


def test_a_publish_that_loses_a_golden_question_is_held_back(shop: Shop, lin: User) -> None:
    before = release(shop)

    with pytest.raises(GoldenRegression) as held:
        actions.publish(versions=[draft(shop, lin, **AWAY)], by=lin, at=MONDAY_9AM)

    assert held.value.code == "kb.golden-regression"
    assert [one.question for one in held.value.regressions] == [GOLDEN]
    assert GOLDEN in str(held.value)
    assert release(shop) == before


def test_another_article_that_takes_the_question_over_is_held_back(shop: Shop, lin: User) -> None:
    thief = draft(shop, lin, key="thief", question="When will my parcel arrive??", phrasings=[])

    with pytest.raises(GoldenRegression):
        actions.publish(versions=[thief], by=lin, at=MONDAY_9AM)


def test_a_withdrawal_that_loses_a_golden_question_is_held_back(shop: Shop, lin: User) -> None:
    with pytest.raises(GoldenRegression):
        actions.withdraw(articles=[draft(shop, lin).article], by=lin, at=MONDAY_9AM)


def test_archiving_what_a_golden_question_needs_is_held_back(shop: Shop, lin: User) -> None:
    with pytest.raises(GoldenRegression):
        actions.archive(articles=[draft(shop, lin).article], by=lin, at=MONDAY_9AM)


def test_a_plan_that_loses_a_golden_question_is_refused_when_it_is_due(shop: Shop, lin: User) -> None:
    version = draft(shop, lin, **AWAY)
    actions.plan_publish(version=version, when=MONDAY_9AM + timedelta(hours=1), by=lin, at=MONDAY_9AM)

    actions.carry_out_plans(shop_id=shop.pk, at=MONDAY_9AM + timedelta(hours=2))

    article = Article.objects.get(pk=version.article_id)
    assert article.live_version_id != version.pk
    assert article.plan_refused


def test_a_planned_withdrawal_that_loses_a_golden_question_is_refused_and_holds_nobody_back(
    shop: Shop, lin: User
) -> None:
    noon = MONDAY_9AM + timedelta(hours=3)
    for article in Article.objects.live():
        actions.plan_withdraw(article=article, when=noon, by=lin, at=MONDAY_9AM)
    actions.plan_publish(version=draft(shop, lin, key="ada", **AWAY), when=noon, by=lin, at=MONDAY_9AM)

    done = actions.carry_out_plans(shop_id=shop.pk, at=noon)

    assert done.refused == 1
    assert {article.key for article in Article.objects.live()} == {"ada", "delivery"}
    held = Article.objects.get(key="delivery")
    assert GOLDEN in held.plan_refused
    assert (held.withdraw_at, held.planned_by) == (None, lin)


def test_an_import_that_loses_a_golden_question_is_held_back_as_a_whole(shop: Shop, lin: User) -> None:
    versions = draft(shop, lin).article.versions.count()
    sheet = Sheet({2: Draft("delivery", "Who was Ada Lovelace?", (), "A mathematician.")}, ())

    with pytest.raises(GoldenRegression):
        actions.import_articles(shop=shop, sheet=sheet, by=lin, at=MONDAY_9AM, to_publish=True)

    assert Article.objects.get(key="delivery").versions.count() == versions


def test_the_buttons_say_why_a_publish_is_held_back(shop: Shop, lin: User, editor: Client) -> None:
    version = draft(shop, lin, **AWAY)
    article = version.article
    before = release(shop)
    bulk = {"action": "publish_chosen", "_selected_action": article.pk, "confirmed": "yes"}

    one_click = editor.post(reverse("kb:publish", args=[article.pk]), follow=True)
    any_version = editor.post(reverse("kb:publish_version", args=[article.pk, 2]), follow=True)
    chosen = editor.post(LIST, bulk, follow=True)
    saved = editor.post(change(article), form_of(version) | {"_publish": "1"}, follow=True)
    withdrawn = editor.post(reverse("kb:withdraw", args=[article.pk]), follow=True)

    for page in (one_click, any_version, chosen, saved, withdrawn):
        assert HELD in said(page)
    assert release(shop) == before


def test_a_lead_publishes_in_spite_of_it_with_a_reason(shop: Shop, lin: User, omar: User) -> None:
    number = actions.publish(
        versions=[draft(shop, lin, **AWAY)], by=omar, at=MONDAY_9AM, despite="We send no parcels any more."
    )

    row = Release.objects.get(shop=shop, number=number)
    line = AuditEntry.objects.filter(verb="kb.publish").latest("pk")
    assert row.despite == "We send no parcels any more."
    assert line.details["despite"] == "We send no parcels any more."
    assert line.details["golden"] == [GOLDEN]


def test_an_editors_reason_does_not_count(shop: Shop, lin: User) -> None:
    with pytest.raises(NotAllowed):
        actions.publish(versions=[draft(shop, lin, **AWAY)], by=lin, at=MONDAY_9AM, despite="I want to.")


def test_blanks_are_no_reason(shop: Shop, lin: User, omar: User) -> None:
    with pytest.raises(GoldenRegression):
        actions.publish(versions=[draft(shop, lin, **AWAY)], by=omar, at=MONDAY_9AM, despite="  ")


def test_a_lead_sees_what_would_be_lost_and_decides(
    shop: Shop, lin: User, omar: User, client: Client
) -> None:
    article = draft(shop, lin, **AWAY).article
    client.force_login(omar)
    address = reverse("kb:golden_override", args=[article.pk, "publish"])

    page = client.get(address)
    client.post(address, {"despite": "We send no parcels any more."})

    assert GOLDEN in page.content.decode()
    article.refresh_from_db()
    assert not article.has_unpublished_changes


def test_a_lead_publishes_many_at_once_in_spite_of_it_with_a_reason(
    shop: Shop, lin: User, lead: Client
) -> None:
    pair = [
        draft(shop, lin, **AWAY),
        draft(shop, lin, key="tents", question="Do you sell tents?", phrasings=[]),
    ]
    bulk = {
        "action": "publish_chosen",
        "_selected_action": [version.article_id for version in pair],
        "confirmed": "yes",
    }

    held = lead.post(LIST, bulk)
    unsaid = lead.post(LIST, bulk | {"despite": " "})
    before = release(shop)
    decided = lead.post(LIST, bulk | {"despite": "We send no parcels any more."}, follow=True)

    for page in (held, unsaid):
        assert GOLDEN in page.content.decode()
        assert 'name="despite"' in page.content.decode()
    assert "live as release 3" in said(decided)
    assert (before, release(shop)) == (2, 3)
    assert {row.despite for row in Release.objects.filter(number=3)} == {"We send no parcels any more."}


def test_a_lead_withdraws_many_at_once_in_spite_of_it_with_a_reason(
    shop: Shop, lin: User, lead: Client
) -> None:
    articles = list(Article.objects.live().values_list("pk", flat=True))
    bulk = {"action": "withdraw_chosen", "_selected_action": articles, "confirmed": "yes"}

    held = lead.post(LIST, bulk).content.decode()
    lead.post(LIST, bulk | {"despite": "The shop closes."})

    assert GOLDEN in held
    assert not Article.objects.live().exists()


def test_asked_for_a_reason_in_one_shop_the_other_is_done_already(
    shop: Shop, lin: User, omar: User, lead: Client
) -> None:
    second = make_shop(key="second")
    second.staff.add(omar)
    pair = [draft(shop, lin, **AWAY), draft(second, lin)]
    bulk = {
        "action": "publish_chosen",
        "_selected_action": [version.article_id for version in pair],
        "confirmed": "yes",
    }

    lead.post(LIST, bulk)
    between = (release(shop), release(second))
    decided = lead.post(LIST, bulk | {"despite": "We send no parcels any more."}, follow=True)

    assert between == (2, 1)
    assert (release(shop), release(second)) == (3, 1)
    assert "nothing to publish" not in said(decided)


def test_a_golden_question_that_was_never_answered_holds_nothing_back(shop: Shop, lin: User) -> None:
    GoldenQuestion.objects.all().delete()
    invoice = Article.objects.get(key="invoice")
    actions.keep_golden(article=invoice, question="Do you sell tents?", by=lin, at=MONDAY_9AM)

    assert actions.publish(versions=[draft(shop, lin, answer="One day.")], by=lin, at=MONDAY_9AM)


def test_a_publish_that_keeps_the_answer_passes(shop: Shop, lin: User) -> None:
    assert actions.publish(versions=[draft(shop, lin, answer="One day.")], by=lin, at=MONDAY_9AM)


def test_golden_questions_of_another_shop_hold_nothing_back(shop: Shop, other_shop: Shop, lin: User) -> None:
    published(other_shop, lin)

    assert actions.publish(versions=[draft(other_shop, lin, **AWAY)], by=lin, at=MONDAY_9AM)


def test_the_question_kept_for_another_article_moves_there(shop: Shop, lin: User) -> None:
    invoice = Article.objects.get(key="invoice")

    actions.keep_golden(article=invoice, question=f" {GOLDEN} ", by=lin, at=MONDAY_9AM)

    assert [row.article for row in GoldenQuestion.objects.all()] == [invoice]


def test_no_more_are_kept_than_a_publish_can_ask(shop: Shop, lin: User, kept: GoldenQuestion) -> None:
    GoldenQuestion.objects.bulk_create(
        GoldenQuestion(shop=shop, question=f"Question {n}?", article=kept.article, added_at=MONDAY_9AM)
        for n in range(MOST_KEPT - 1)
    )

    with pytest.raises(TooManyGolden):
        actions.keep_golden(article=kept.article, question="One more?", by=lin, at=MONDAY_9AM)


def test_pasted_lines_are_kept_all_or_none(shop: Shop, lin: User) -> None:
    good, bad = (
        read_lines(f"Is it fast? | {DELIVERY}\nMy bill | invoice"),
        read_lines("a | delivery\nb | none"),
    )

    actions.keep_all_golden(shop=shop, lines=good.lines, by=lin, at=MONDAY_9AM)
    with pytest.raises(BadGolden) as refused:
        actions.keep_all_golden(shop=shop, lines=bad.lines, by=lin, at=MONDAY_9AM)

    assert [issue.line for issue in refused.value.issues] == [2]
    assert set(GoldenQuestion.objects.values_list("question", "article__key")) == {
        (GOLDEN, "delivery"),
        ("Is it fast?", "delivery"),
        ("My bill", "invoice"),
    }


def test_the_page_that_takes_pasted_lines_says_what_is_wrong(shop: Shop, editor: Client) -> None:
    page = editor.post(reverse("kb:golden_paste"), {"shop": shop.pk, "lines": "Is it fast? | nonsense"})

    assert "No article has the key or the standard question “nonsense”." in page.content.decode()
    assert GoldenQuestion.objects.count() == 1


def test_the_list_says_how_each_fares_now(shop: Shop, lin: User, editor: Client) -> None:
    invoice = Article.objects.get(key="invoice")
    actions.keep_golden(article=invoice, question="Who was Ada Lovelace?", by=lin, at=MONDAY_9AM)

    page = editor.get(reverse("admin:kb_goldenquestion_changelist")).content.decode()

    assert "Answered rightly" in page
    assert "Not answered" in page


def test_dropping_one_is_written_down(shop: Shop, editor: Client, kept: GoldenQuestion) -> None:
    editor.post(reverse("admin:kb_goldenquestion_delete", args=[kept.pk]), {"post": "yes"})

    assert not GoldenQuestion.objects.exists()
    assert AuditEntry.objects.filter(verb="kb.drop_golden").exists()


def test_one_click_keeps_a_question_of_the_persons_own_shop_only(
    shop: Shop, other_shop: Shop, lin: User, editor: Client
) -> None:
    foreign = draft(other_shop, lin).article

    mine = editor.post(
        reverse("kb:golden_keep"),
        {"article": Article.objects.get(key="invoice").pk, "question": "My bill?", "next": "/admin/"},
    )
    theirs = editor.post(reverse("kb:golden_keep"), {"article": foreign.pk, "question": "Mine?"})

    assert (mine.status_code, mine["Location"]) == (302, "/admin/")
    assert theirs.status_code == 404
    assert GoldenQuestion.objects.filter(question="My bill?").exists()


@transaction.atomic
def publish_both_or_none(*versions: ArticleVersion, by: User) -> None:
    """One after the other, so that the second is asked about beside the first one's uncommitted release."""
    for version in versions:
        actions.publish(versions=[version], by=by, at=MONDAY_9AM)


def test_a_publish_that_is_rolled_back_leaves_no_trace_in_what_this_process_answers(
    shop: Shop, lin: User
) -> None:
    live.knowledge(shop.pk)
    with pytest.raises(GoldenRegression):
        publish_both_or_none(draft(shop, lin, answer="One day."), draft(shop, lin, **AWAY), by=lin)
    # Nothing is golden any more: this publish asks nothing, as if it were made in another process.
    GoldenQuestion.objects.all().delete()
    published(shop, lin, key="tents", question="Do you sell tents?", phrasings=[], answer="Five.")

    answer = live.knowledge(shop.pk).answer("delivery")

    assert answer is not None
    assert answer.answer == "Two to four days."
