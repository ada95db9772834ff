"""From its author to customers: a version is reviewed, approved or sent back."""

import pytest

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb import actions
from kb.actions import importing, publishing, reviewing
from kb.imports import Sheet
from kb.models import Article, ArticleVersion, ReviewState, Verdict
from kb.rules import Draft, EmptyAnswer
from kb.workflow import sent_back, work_for
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, published


def state(article: Article) -> str:
    return Article.objects.get(pk=article.pk).review_state


@pytest.fixture
def asked(shop: Shop, lin: User) -> ArticleVersion:
    """Lin's draft, in review."""
    version = draft(shop, lin)
    actions.ask_review(article=version.article, by=lin, at=MONDAY_9AM, note="The courier changed.")
    return version


def test_a_version_is_asked_for_approved_and_goes_live(asked: ArticleVersion, omar: User) -> None:
    assert state(asked.article) == ReviewState.IN_REVIEW

    actions.approve(version=asked, by=omar, at=MONDAY_9AM)
    assert state(asked.article) == ReviewState.APPROVED
    actions.publish(versions=[asked], by=omar, at=MONDAY_9AM)

    assert [review.verdict for review in asked.reviews.order_by("pk")] == [Verdict.ASKED, Verdict.APPROVED]
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert [verb for verb in verbs if "review" in verb] == ["kb.review_asked", "kb.review_approved"]


def test_what_went_live_all_the_same_waits_for_nobody(asked: ArticleVersion, lin: User, omar: User) -> None:
    assert work_for(omar, MONDAY_9AM).to_review == 1

    actions.publish(versions=[asked], by=omar, at=MONDAY_9AM)
    assert work_for(omar, MONDAY_9AM).to_review == 0

    actions.send_back(version=asked, note="Too late.", by=omar, at=MONDAY_9AM)
    assert work_for(lin, MONDAY_9AM).sent_back == 0
    assert not sent_back(Article.objects.all()).exists()


def test_every_new_version_begins_as_a_draft_again(
    asked: ArticleVersion, shop: Shop, lin: User, omar: User
) -> None:
    actions.approve(version=asked, by=omar, at=MONDAY_9AM)

    draft(shop, lin, answer="Three days.")

    assert state(asked.article) == ReviewState.DRAFT


def test_the_same_text_again_stays_approved(asked: ArticleVersion, shop: Shop, lin: User, omar: User) -> None:
    actions.approve(version=asked, by=omar, at=MONDAY_9AM)

    assert draft(shop, lin) == asked
    assert state(asked.article) == ReviewState.APPROVED


def test_sending_back_needs_a_reason_and_makes_it_a_draft(asked: ArticleVersion, omar: User) -> None:
    with pytest.raises(reviewing.NoteNeeded):
        actions.send_back(version=asked, note="  ", by=omar, at=MONDAY_9AM)
    assert state(asked.article) == ReviewState.IN_REVIEW

    review = actions.send_back(version=asked, note="Which courier?", by=omar, at=MONDAY_9AM)

    assert (state(asked.article), review.note) == (ReviewState.DRAFT, "Which courier?")


def test_nobody_approves_what_was_rewritten_meanwhile(
    asked: ArticleVersion, shop: Shop, lin: User, omar: User
) -> None:
    newer = draft(shop, lin, answer="Ten days.")
    actions.ask_review(article=newer.article, by=lin, at=MONDAY_9AM)

    with pytest.raises(reviewing.NotTheLatest):
        actions.approve(version=asked, by=omar, at=MONDAY_9AM)
    with pytest.raises(reviewing.NotTheLatest):
        actions.send_back(version=asked, note="No.", by=omar, at=MONDAY_9AM)


def test_what_makes_no_sense_is_refused(asked: ArticleVersion, shop: Shop, lin: User, omar: User) -> None:
    with pytest.raises(reviewing.AlreadyAsked):
        actions.ask_review(article=asked.article, by=lin, at=MONDAY_9AM)
    with pytest.raises(reviewing.NoteTooLong):
        actions.approve(version=asked, by=omar, at=MONDAY_9AM, note="x" * 501)
    live = published(shop, lin, key="live", question="Live?")
    with pytest.raises(reviewing.NothingToReview):
        actions.ask_review(article=live.article, by=lin, at=MONDAY_9AM)
    never_asked = draft(shop, lin, key="b", question="B?")
    with pytest.raises(reviewing.NotInReview):
        actions.approve(version=never_asked, by=omar, at=MONDAY_9AM)
    with pytest.raises(reviewing.NotInReview):
        actions.send_back(version=never_asked, note="No.", by=omar, at=MONDAY_9AM)
    with pytest.raises(EmptyAnswer):
        actions.ask_review(
            article=draft(shop, lin, key="c", question="C?", answer="").article, by=lin, at=MONDAY_9AM
        )


# --- The two-person rule ----------------------------------------------------------------------------------


def test_without_the_rule_editors_publish_as_ever(shop: Shop, lin: User) -> None:
    assert published(shop, lin).article.live_version is not None


def test_an_author_cannot_approve_his_own_version(
    asked: ArticleVersion, two_people: Shop, lin: User, omar: User
) -> None:
    with pytest.raises(reviewing.OwnVersion):
        actions.approve(version=asked, by=lin, at=MONDAY_9AM)

    actions.approve(version=asked, by=omar, at=MONDAY_9AM)
    assert actions.publish(versions=[asked], by=lin, at=MONDAY_9AM) == 1


def test_not_even_a_superuser_approves_what_she_wrote(two_people: Shop, root: User) -> None:
    version = draft(two_people, root)
    actions.ask_review(article=version.article, by=root, at=MONDAY_9AM)

    with pytest.raises(reviewing.OwnVersion):
        actions.approve(version=version, by=root, at=MONDAY_9AM)
    with pytest.raises(publishing.NotApproved):
        actions.publish(versions=[version], by=root, at=MONDAY_9AM)


def test_one_unapproved_version_keeps_the_whole_release_back(
    asked: ArticleVersion, two_people: Shop, lin: User, omar: User
) -> None:
    actions.approve(version=asked, by=omar, at=MONDAY_9AM)
    other = draft(two_people, lin, key="b", question="B?")

    with pytest.raises(publishing.NotApproved, match=r"B\?"):
        actions.publish(versions=[asked, other], by=omar, at=MONDAY_9AM)

    assert not Article.objects.live().exists()


def test_an_approval_of_ones_own_from_before_the_rule_does_not_count(
    asked: ArticleVersion, shop: Shop, lin: User, omar: User
) -> None:
    actions.approve(version=asked, by=lin, at=MONDAY_9AM)
    actions.set_publishing_rules(shop=shop, two_people=True, review_days=180, by=omar, at=MONDAY_9AM)

    with pytest.raises(publishing.NotApproved):
        actions.publish(versions=[asked], by=omar, at=MONDAY_9AM)


def test_a_version_that_was_sent_back_after_its_approval_does_not_go_live(
    asked: ArticleVersion, two_people: Shop, omar: User
) -> None:
    actions.approve(version=asked, by=omar, at=MONDAY_9AM)
    actions.send_back(version=asked, note="Wait.", by=omar, at=MONDAY_9AM)

    with pytest.raises(publishing.NotApproved):
        actions.publish(versions=[asked], by=omar, at=MONDAY_9AM)


def test_an_approval_holds_for_its_version_alone(
    asked: ArticleVersion, two_people: Shop, lin: User, omar: User
) -> None:
    actions.approve(version=asked, by=omar, at=MONDAY_9AM)
    newer = draft(two_people, lin, answer="Ten days.")

    with pytest.raises(publishing.NotApproved):
        actions.publish(versions=[newer], by=omar, at=MONDAY_9AM)
    assert actions.publish(versions=[asked], by=omar, at=MONDAY_9AM) == 1


def test_an_earlier_text_that_is_restored_must_be_approved_anew(
    asked: ArticleVersion, two_people: Shop, lin: User, omar: User
) -> None:
    actions.approve(version=asked, by=omar, at=MONDAY_9AM)
    draft(two_people, lin, answer="Ten days.")
    restored = actions.restore(version=asked, by=omar, at=MONDAY_9AM)

    with pytest.raises(publishing.NotApproved):
        actions.publish(versions=[restored], by=omar, at=MONDAY_9AM)


def test_an_import_cannot_publish_and_writes_nothing(two_people: Shop, lin: User) -> None:
    sheet = Sheet({2: Draft("a", "A?", (), "Yes.", "")}, ())

    with pytest.raises(importing.NobodyApprovedIt):
        actions.check_import(shop=two_people, sheet=sheet, at=MONDAY_9AM, to_publish=True)
    with pytest.raises(importing.NobodyApprovedIt):
        actions.import_articles(shop=two_people, sheet=sheet, by=lin, at=MONDAY_9AM, to_publish=True)

    assert not Article.objects.exists()
    assert actions.import_articles(shop=two_people, sheet=sheet, by=lin, at=MONDAY_9AM).new == 1


def test_a_job_that_acts_for_nobody_is_bound_as_well(two_people: Shop, lin: User) -> None:
    with pytest.raises(Refusal) as refused:
        actions.publish(versions=[draft(two_people, lin)], by=None, at=MONDAY_9AM)

    assert refused.value.code == "kb.not-approved"
