"""The page that says how sure the bot must be, and what it would cost to ask for more."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from analytics.reports.confidence import ConfidenceReport, Week, confidence_report
from chat.models import BotTurn
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from kb import live, tasks
from kb.models import KnowledgeBase
from tests.factories import make_conversation, make_message
from tests.kb.articles import draft, neighbours, published

PAGE = "/admin/reports/confidence/"
THRESHOLDS = {"answer": 0.95, "offer": 0.7}


@pytest.fixture(autouse=True)
def three_articles(shop: Shop, lin: User) -> None:
    live.shelf.clear()
    neighbours(shop, lin)
    published(shop, lin)


@pytest.fixture
def editor(lin: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(lin)
    return client


def turn(shop: Shop, confidence: float, decision: str, *, days_ago: float = 1, **fields: object) -> None:
    at = clock.now() - timedelta(days=days_ago)
    message = make_message(conversation=make_conversation(shop=shop, opened_at=at), at=at)
    reasons = {"method": "cosine", "step": "known_answer", "release": 1, "thresholds": THRESHOLDS}
    candidates = [{"id": "delivery", "confidence": confidence}]
    BotTurn.objects.create(message=message, decision=decision, candidates=candidates, **reasons | fields)


def report(shop: Shop) -> ConfidenceReport:
    return confidence_report(shop, clock.now())


def week(shop: Shop, asked: float) -> Week:
    return next(option.week for option in report(shop).options if option.asked == asked)


def test_last_week_is_counted_again_under_other_thresholds(shop: Shop) -> None:
    for confidence, decision in ((0.97, "answer"), (0.92, "offer"), (0.5, "hand_over")):
        turn(shop, confidence, decision)

    assert report(shop).as_it_was == Week(answered=1, offered=1, handed_over=1)
    assert week(shop, 0.9) == Week(answered=2, offered=0, handed_over=1)
    assert week(shop, 0.98) == Week(answered=0, offered=2, handed_over=1)


def test_wordings_known_word_for_word_are_answered_under_any_threshold(shop: Shop) -> None:
    turn(shop, 0.99, "answer", method="exact")

    assert {option.week for option in report(shop).options} == {Week(1, 0, 0)}


def test_what_thresholds_had_no_say_in_stays(shop: Shop) -> None:
    turn(shop, 0.92, "hand_over", step="did_you_mean")

    assert week(shop, 0.9) == Week(answered=0, offered=0, handed_over=1)


def test_only_the_last_week_of_this_shop_counts(shop: Shop, other_shop: Shop) -> None:
    turn(shop, 0.97, "answer", days_ago=8)
    turn(other_shop, 0.97, "answer")
    turn(shop, 0.0, "answer", method="", thresholds={})

    assert report(shop).turns == 0


def test_a_trained_shop_sees_its_curve(editor: Client, shop: Shop, lin: User) -> None:
    for key in ("a", "b", "c"):
        phrasings = [f"{key}{key} number {word}" for word in ("one", "two", "three", "four", "five", "six")]
        published(shop, lin, key=key, question=f"What is {key}{key}?", phrasings=phrasings)
    tasks.train_matcher(shop.pk)

    page = editor.get(PAGE)

    found = page.context["report"]
    coverages = [point.coverage for point in found.points]
    assert coverages[0] == 1
    assert coverages == sorted(coverages, reverse=True)
    assert 'data-chart="curve"' in page.content.decode()
    [asked] = [option for option in found.options if option.is_asked]
    assert (asked.thresholds, asked.point.coverage) == (found.thresholds, found.report.coverage)


def test_a_shop_that_never_published_has_a_page(editor: Client, lin: User, other_shop: Shop) -> None:
    other_shop.staff.add(lin)

    page = editor.get(PAGE, {"shop": other_shop.key}).content.decode()

    assert "too few wordings" in page
    assert "data-chart" not in page


def test_an_editor_asks_for_more_and_the_thresholds_follow(editor: Client, shop: Shop) -> None:
    address = f"{reverse('analytics:keep_precision')}?shop={shop.key}"

    page = editor.post(address, {"answer": "99.9", "offer": "80"}, follow=True)

    base = KnowledgeBase.objects.get()
    assert (base.asked_answer, base.asked_offer) == (0.999, 0.8)
    assert page.context["report"].thresholds.answer == pytest.approx(0.999)


@pytest.mark.parametrize("answer", ["40", "100", "nonsense", ""])
def test_what_cannot_be_asked_is_said_and_nothing_changes(editor: Client, shop: Shop, answer: str) -> None:
    address = f"{reverse('analytics:keep_precision')}?shop={shop.key}"

    page = editor.post(address, {"answer": answer, "offer": "60"}, follow=True)

    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert KnowledgeBase.objects.get().asked_answer == 0.95


def test_an_agent_sees_what_is_asked_and_cannot_change_it(client: Client, mei: User, shop: Shop) -> None:
    client.force_login(mei)

    assert reverse("analytics:keep_precision") not in client.get(PAGE).content.decode()
    assert (
        client.post(reverse("analytics:keep_precision"), {"answer": "90", "offer": "60"}).status_code == 403
    )


def test_a_shop_of_others_is_a_missing_shop(editor: Client, other_shop: Shop) -> None:
    assert editor.get(PAGE, {"shop": other_shop.key}).status_code == 404


def test_more_articles_and_turns_take_no_more_queries(
    editor: Client, shop: Shop, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    editor.get(PAGE)
    with django_assert_max_num_queries(20) as few:
        editor.get(PAGE)
    for number in range(10):
        turn(shop, number / 10, "offer")
        draft(shop, lin, key=f"k{number}", question=f"K{number}?")

    with django_assert_max_num_queries(len(few.captured_queries)):
        editor.get(PAGE)


def test_the_sidebar_marks_this_page_and_not_the_reports(client: Client, omar: User) -> None:
    client.force_login(omar)

    sections = client.get(PAGE).context["sidebar_navigation"]

    assert [item["link"] for section in sections for item in section["items"] if item["active"]] == [PAGE]


def thumb(shop: Shop, *, up: bool, agent: User | None = None) -> None:
    question = make_message(conversation=make_conversation(shop=shop), body=f"when does it come {up}")
    version = shop.articles.get(key="delivery").live_version
    voter = {"voter_key": f"{question.pk}", "agent": agent, "confidence": 0.96, "at": clock.now()}
    question.thumbs.create(version=version, up=up, **voter)


def test_thumbs_stand_beside_what_was_promised(
    editor: Client, shop: Shop, other_shop: Shop, mei: User
) -> None:
    for up in (True, True, False):
        thumb(shop, up=up)
    thumb(shop, up=True, agent=mei)

    found = report(shop).thumbs

    assert [(said.by_staff, said.count) for said in found.said] == [(False, 3), (True, 1)]
    assert found.said[0].right == pytest.approx(2 / 3)
    assert found.said[0].promised == pytest.approx(0.96)
    assert confidence_report(other_shop, clock.now()).thumbs.said == []
    assert "before anything moves" in editor.get(PAGE).content.decode()


def test_the_page_says_what_thumbs_moved(editor: Client, shop: Shop) -> None:
    for _one in range(80):
        thumb(shop, up=False)
    tasks.train_matcher(shop.pk)

    page = editor.get(PAGE).content.decode()

    assert report(shop).thumbs.heard.moved
    assert "Found right, as weighed" in page


def test_without_thumbs_the_page_says_where_they_are(editor: Client) -> None:
    assert "Nobody has judged an answer yet" in editor.get(PAGE).content.decode()
