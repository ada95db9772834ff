"""The pages on which an editor sees what customers would be told differently, and publishes with the number."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from chat import actions as chat
from chat.actions.replaying import run_replay
from chat.models import Replay
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions as kb
from kb.models import Article, ArticleVersion
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, neighbours, published
from tests.kb.pages import LIST, said

DELIVERY = "How long does delivery take?"
TENT = "Do you sell tents?"
AWAY = {"question": "Who was Ada Lovelace?", "phrasings": []}


@pytest.fixture(autouse=True)
def three_articles(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)
    published(shop, lin)


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def editor(client: Client, lin: User) -> Client:
    client.force_login(lin)
    return client


def ask(shop: Shop, text: str) -> None:
    visitor = chat.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM).visitor
    chat.hear_customer(visitor=visitor, client_id=uuid4(), body=text, at=MONDAY_9AM)


def replay_of(editor: Client, version: ArticleVersion) -> str:
    """Presses the button on the article's page, and lets the background job run; the address of the result."""
    page = editor.post(reverse("chat:replay_article", args=[version.article_id]))
    run_replay(Replay.objects.latest("pk").pk)
    return str(page["Location"])


def read(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_result_says_on_the_button_what_publishing_changes(shop: Shop, lin: User, editor: Client) -> None:
    ask(shop, DELIVERY)
    ask(shop, DELIVERY)

    page = read(editor, replay_of(editor, draft(shop, lin, answer="Two to four weeks.")))

    assert "Publish: 2 differently" in page
    assert "asked 2 times · by 2 customers" in page
    assert "<del>days</del><ins>weeks</ins>" in page


def test_the_button_publishes_what_was_replayed(shop: Shop, lin: User, editor: Client) -> None:
    version = draft(shop, lin, answer="Two to four weeks.")
    address = replay_of(editor, version)

    page = editor.post(f"{address}publish/", follow=True)

    assert "Live as release" in said(page)
    assert "These drafts are live." in page.content.decode()
    assert Article.objects.get(key="delivery").live_version == version


def test_a_draft_changed_since_makes_the_replay_out_of_date(shop: Shop, lin: User, editor: Client) -> None:
    address = replay_of(editor, draft(shop, lin, answer="One day."))
    draft(shop, lin, answer="Two days.")

    page = read(editor, address)

    assert "This replay is out of date: a draft was changed" in page
    assert "Publish:" not in page


def test_a_release_since_makes_the_replay_out_of_date(shop: Shop, lin: User, editor: Client) -> None:
    address = replay_of(editor, draft(shop, lin, answer="One day."))
    published(shop, lin, key="tents", question=TENT, phrasings=[], answer="Five.")

    assert "This replay is out of date: something else went live" in read(editor, address)


def test_a_stale_page_publishes_nothing_that_was_not_replayed(shop: Shop, lin: User, editor: Client) -> None:
    version = draft(shop, lin, answer="One day.")
    address = replay_of(editor, version)
    draft(shop, lin, answer="Two days.")

    page = editor.post(f"{address}publish/", {"age": "current"}, follow=True)

    assert "Nothing went live: a draft was changed or archived after this replay." in said(page)
    assert "Replay again" in page.content.decode()
    assert Article.objects.get(key="delivery").live_version != version


def test_a_page_from_before_another_release_asks_first(shop: Shop, lin: User, editor: Client) -> None:
    version = draft(shop, lin, answer="One day.")
    address = replay_of(editor, version)
    published(shop, lin, key="tents", question=TENT, phrasings=[], answer="Five.")

    unaware = editor.post(f"{address}publish/", {"age": "current"}, follow=True)
    seen = re.findall(r'name="age" value="(\w+)"', unaware.content.decode())
    aware = editor.post(f"{address}publish/", {"age": seen[0]}, follow=True)

    assert "Nothing went live: something else did after this replay." in said(unaware)
    assert "Live as release" in said(aware)


def test_a_replay_that_is_not_finished_publishes_nothing(shop: Shop, lin: User, editor: Client) -> None:
    version = draft(shop, lin, answer="One day.")
    page = editor.post(reverse("chat:replay_article", args=[version.article_id]))

    held = editor.post(f"{page['Location']}publish/", follow=True)

    assert said(held) == "Nothing went live: this replay is not finished."


def test_an_editor_is_held_back_and_a_lead_may_decide(
    shop: Shop, lin: User, omar: User, editor: Client
) -> None:
    version = draft(shop, lin, **AWAY)
    kb.keep_golden(article=version.article, question=DELIVERY, by=lin, at=MONDAY_9AM)
    address = replay_of(editor, version)

    seen = read(editor, address)
    held = said(editor.post(f"{address}publish/", {"despite": "I want to."}, follow=True))
    editor.force_login(omar)
    asked = read(editor, address)
    decided = said(editor.post(f"{address}publish/", {"despite": "It moved."}, follow=True))

    assert "1 golden question would no longer be answered" in seen
    assert "Publish:" not in seen
    assert held == "Your role does not open this door."
    assert 'name="despite"' in asked
    assert "Live as release" in decided


def test_drafts_chosen_in_the_list_are_replayed_together(shop: Shop, lin: User, editor: Client) -> None:
    ask(shop, TENT)
    pair = [
        draft(shop, lin, key="tents", question=TENT, phrasings=[], answer="Five."),
        draft(shop, lin, answer="One day."),
    ]
    chosen = {"action": "replay_chosen", "_selected_action": [version.article_id for version in pair]}

    waiting = editor.post(LIST, chosen, follow=True)
    editor.post(reverse("chat:replay_start"))

    assert "Replay past questions" in waiting.content.decode()
    assert Replay.objects.get().versions == sorted(version.pk for version in pair)


def test_progress_is_told_while_it_runs(shop: Shop, lin: User, editor: Client) -> None:
    page = editor.post(
        reverse("chat:replay_article", args=[draft(shop, lin, answer="One day.").article_id]), follow=True
    )

    state = editor.get(reverse("chat:replay_state", args=[Replay.objects.get().pk])).json()

    assert "<cs-replaying" in page.content.decode()
    assert state == {"state": "queued", "done": 0, "total": 0}


def test_the_articles_page_says_what_its_newest_replay_found(shop: Shop, lin: User, editor: Client) -> None:
    ask(shop, DELIVERY)
    version = draft(shop, lin, answer="One day.")
    address = reverse("chat:replay_newest", args=[version.article_id])
    nothing = editor.get(address).json()
    replay_of(editor, version)

    assert nothing == {}
    assert editor.get(address).json()["words"] == "Replayed: 1 differently"


def test_rows_come_as_a_file_that_no_spreadsheet_computes(shop: Shop, lin: User, editor: Client) -> None:
    ask(shop, "=1+1 How long does delivery take?")
    ask(shop, DELIVERY)
    replay_of(editor, draft(shop, lin, answer="One day."))

    file = editor.get(reverse("chat:replay_csv", args=[Replay.objects.get().pk])).content.decode("utf-8-sig")

    assert file.splitlines()[0].startswith("What changes,Question,Times asked")
    assert f"Answered differently,{DELIVERY},1,1,{DELIVERY},Two to four days.,{DELIVERY},One day." in file
    assert "\n=1" not in file


def test_phone_numbers_of_customers_are_not_shown(shop: Shop, lin: User, editor: Client) -> None:
    ask(shop, f"{DELIVERY} Call 13800138000")

    page = read(editor, replay_of(editor, draft(shop, lin, answer="One day.")))

    assert "13800138000" not in page


def test_a_conversation_that_was_deleted_leaves_its_count(shop: Shop, lin: User, editor: Client) -> None:
    ask(shop, DELIVERY)
    address = replay_of(editor, draft(shop, lin, answer="One day."))
    shop.conversations.all().delete()

    assert "(the conversation was deleted)" in read(editor, address)


def test_only_who_reads_reports_is_led_to_the_conversation(
    shop: Shop, lin: User, omar: User, editor: Client
) -> None:
    ask(shop, DELIVERY)
    address = replay_of(editor, draft(shop, lin, answer="One day."))
    link = reverse("analytics:conversation", args=[shop.conversations.get().pk])

    for_editor = read(editor, address)
    editor.force_login(omar)

    assert link not in for_editor
    assert link in read(editor, address)


def test_a_replay_of_another_shop_is_missing(shop: Shop, other_shop: Shop, lin: User, editor: Client) -> None:
    foreign = Replay.objects.create(shop=other_shop, versions=[1], asked_at=MONDAY_9AM)

    for name in ("replay", "replay_state", "replay_csv"):
        assert editor.get(reverse(f"chat:{name}", args=[foreign.pk])).status_code == 404


def test_a_long_result_is_read_with_few_queries(
    shop: Shop, lin: User, editor: Client, django_assert_max_num_queries: object
) -> None:
    for count in range(25):
        ask(shop, f"{DELIVERY} {'please ' * count}")
    address = replay_of(editor, draft(shop, lin, answer="One day."))
    editor.get(address)

    with django_assert_max_num_queries(20):  # type: ignore[operator]
        editor.get(address)


def test_one_click_in_a_conversation_makes_its_question_golden(
    shop: Shop, omar: User, client: Client
) -> None:
    ask(shop, DELIVERY)
    client.force_login(omar)
    address = reverse("analytics:conversation", args=[shop.conversations.get().pk])
    article = Article.objects.get(key="delivery")

    page = read(client, address)
    client.post(reverse("kb:golden_keep"), {"article": article.pk, "question": DELIVERY, "next": address})

    assert "must stay answered by this article" in page
    assert [row.question for row in article.golden_questions.all()] == [DELIVERY]
