from threading import Barrier, Thread

import pytest
from django.db import connection

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions, tasks
from kb.live import MOST_SHOPS, knowledge, shelf
from kb.matching import Decision
from kb.models import Article, MatcherArtefact
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, neighbours, published

ASKED = "How long does delivery take?"


def told(shop: Shop, question: str = ASKED) -> str | None:
    """What a customer is told who asks this now."""
    known = knowledge(shop.pk)
    match = known.match(question)
    answer = known.answer(match.candidates[0].id) if match.candidates else None
    return answer.answer if answer and match.decision is Decision.ANSWER else None


def test_an_empty_shop_has_nothing_to_say(shop: Shop) -> None:
    assert knowledge(shop.pk).release == 0
    assert told(shop) is None


def test_the_next_question_after_a_publish_gets_the_new_text(shop: Shop, lin: User) -> None:
    published(shop, lin)
    assert told(shop) == "Two to four days."

    published(shop, lin, answer="One day.")

    assert told(shop) == "One day."
    assert knowledge(shop.pk).release == 2


def test_a_draft_is_not_told(shop: Shop, lin: User) -> None:
    published(shop, lin)

    draft(shop, lin, answer="Never.")

    assert told(shop) == "Two to four days."


def test_a_withdrawn_answer_is_told_no_more(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)
    article = published(shop, lin).article
    assert told(shop) == "Two to four days."

    actions.withdraw(articles=[article], by=lin, at=MONDAY_9AM)

    assert told(shop) is None
    assert knowledge(shop.pk).answer("delivery") is None
    assert told(shop, "Can I send it back?") == "Within seven days."


def test_the_answer_names_the_version_it_is(shop: Shop, lin: User) -> None:
    draft(shop, lin, answer="Soon.")
    version = published(shop, lin)

    answer = knowledge(shop.pk).answer("delivery")

    assert answer is not None
    assert (answer.version_id, answer.version_number, answer.question) == (version.pk, 2, ASKED)


def test_asking_again_costs_one_query(
    shop: Shop, lin: User, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    published(shop, lin)
    first = knowledge(shop.pk)

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert knowledge(shop.pk) is first


def test_the_trained_matcher_is_taken_in_when_it_is_there(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)
    published(shop, lin)
    before = knowledge(shop.pk)

    tasks.train_matcher(shop.pk)

    assert (before.trained, knowledge(shop.pk).trained) == (0, 2)
    assert told(shop) == "Two to four days."


def test_what_changed_after_the_training_is_told_as_well(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)
    published(shop, lin)
    tasks.train_matcher(shop.pk)
    published(shop, lin, answer="One day.")
    shelf.clear()

    assert told(shop) == "One day."
    assert told(shop, "Can I send it back?") == "Within seven days."


def test_training_twice_stores_one_matcher(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)

    tasks.train_matcher(shop.pk)
    said = tasks.train_matcher(shop.pk)

    assert said == "release 1 is already trained"
    assert MatcherArtefact.objects.count() == 1


def test_three_matchers_are_kept(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)
    for days in range(5):
        published(shop, lin, answer=f"{days} days.")
        tasks.train_matcher(shop.pk)

    assert list(MatcherArtefact.objects.order_by("release").values_list("release", flat=True)) == [4, 5, 6]


def test_an_unreadable_matcher_is_logged_and_the_shop_still_answers(
    shop: Shop, lin: User, caplog: pytest.LogCaptureFixture
) -> None:
    neighbours(shop, lin)
    published(shop, lin)
    tasks.train_matcher(shop.pk)
    MatcherArtefact.objects.update(data=b"not a matcher")
    shelf.clear()

    assert told(shop) == "Two to four days."
    assert "cannot be used" in caplog.text


def test_a_release_that_went_back_is_read_anew(shop: Shop, lin: User) -> None:
    published(shop, lin)
    published(shop, lin, answer="One day.")
    assert told(shop) == "One day."

    article = Article.objects.get()
    article.live_version = article.versions.get(number=1)
    article.save()
    shop.knowledge_base.release = 1
    shop.knowledge_base.save()

    assert told(shop) == "Two to four days."


def test_only_so_many_shops_are_remembered() -> None:
    first = shelf.place(0)
    for shop_id in range(1, MOST_SHOPS + 1):
        shelf.place(shop_id)

    assert shelf.place(0) is not first


@pytest.mark.django_db(transaction=True)
def test_after_a_publish_every_thread_is_told_the_new_text(shop: Shop, lin: User) -> None:
    published(shop, lin, answer="Text 0.")
    threads, rounds = 6, 8
    start, told_all = Barrier(threads + 1), Barrier(threads + 1)
    heard: list[tuple[int, str | None]] = []

    def customer() -> None:
        for number in range(1, rounds):
            start.wait(30)
            heard.append((number, told(shop)))
            told_all.wait(30)
        connection.close()

    crowd = [Thread(target=customer) for _ in range(threads)]
    for thread in crowd:
        thread.start()
    for number in range(1, rounds):
        published(shop, lin, answer=f"Text {number}.")
        start.wait(30)
        told_all.wait(30)
    for thread in crowd:
        thread.join(30)

    assert sorted(set(heard)) == [(number, f"Text {number}.") for number in range(1, rounds)]
