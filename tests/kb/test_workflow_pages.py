"""The buttons, lists and pages by which articles come to customers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from kb import actions
from kb.models import Article, ArticleVersion, Comment, ReviewState
from tests.factories import MONDAY_9AM, make_article
from tests.kb.articles import draft, published
from tests.kb.pages import LIST, change, form_of, found, said


def in_review(shop: Shop, by: User, **fields: object) -> ArticleVersion:
    version = draft(shop, by, **fields)
    actions.ask_review(article=version.article, by=by, at=MONDAY_9AM)
    return version


def door(name: str, version: ArticleVersion, *, numbered: bool = False) -> str:
    return reverse(f"kb:{name}", args=[version.article_id, *([version.number] if numbered else [])])


# --- From hand to hand ------------------------------------------------------------------------------------


def test_an_editor_asks_a_lead_approves_and_it_goes_live(
    editor: Client, lead: Client, two_people: Shop, lin: User
) -> None:
    version = draft(two_people, lin)

    assert "asked for" in said(editor.post(door("ask_review", version), {"note": "New courier"}, follow=True))
    page = lead.get(change(version.article)).content.decode()
    assert "New courier" in page
    assert door("publish", version) not in page
    assert "approved" in said(lead.post(door("approve", version, numbered=True), {"note": ""}, follow=True))
    assert "release 1" in said(editor.post(door("publish", version), follow=True))

    steps = editor.get(change(version.article)).context["steps"]
    assert [(step.name, step.done, str(step.by)) for step in steps] == [
        ("Draft", True, "Lin"),
        ("In review", True, "Lin"),
        ("Approved", True, "Omar"),
        ("Live", True, "Lin"),
    ]


def test_steps_that_were_left_out_are_not_said_to_come(editor: Client, shop: Shop, lin: User) -> None:
    live = published(shop, lin)

    steps = editor.get(change(live.article)).context["steps"]

    assert [(step.done, step.left_out) for step in steps] == [
        (True, False),
        (False, True),
        (False, True),
        (True, False),
    ]


def test_what_is_sent_back_waits_for_its_author_on_the_first_page(
    editor: Client, lead: Client, shop: Shop, lin: User
) -> None:
    version = in_review(shop, lin)
    lead.post(door("send_back", version, numbered=True), {"note": "Which courier?"})

    cards = {card["icon"]: card["href"] for card in editor.get(reverse("admin:index")).context["cards"]}

    assert found(editor, cards["undo"].partition("?")[2]) == ["delivery"]


def test_what_is_sent_back_says_why_on_the_first_step(lead: Client, shop: Shop, lin: User) -> None:
    version = in_review(shop, lin)

    refused = lead.post(door("send_back", version, numbered=True), {"note": ""}, follow=True)
    assert "what must change" in said(refused)
    page = lead.post(door("send_back", version, numbered=True), {"note": "Which courier?"}, follow=True)

    assert page.context["steps"][0].note == "Which courier?"
    assert found(lead, "state=sent_back") == ["delivery"]
    assert [step.done for step in page.context["steps"]] == [True, False, False, False]


@pytest.mark.parametrize("way", ["button", "save", "bulk", "version"])
def test_no_way_of_publishing_passes_the_two_person_rule(
    way: str, editor: Client, two_people: Shop, lin: User
) -> None:
    version = draft(two_people, lin)
    ways = {
        "button": lambda: editor.post(door("publish", version), follow=True),
        "save": lambda: editor.post(
            change(version.article), form_of(version, answer="One day.", _publish="1"), follow=True
        ),
        "bulk": lambda: editor.post(
            LIST,
            {"action": "publish_chosen", "_selected_action": [version.article_id], "confirmed": "yes"},
            follow=True,
        ),
        "version": lambda: editor.post(door("publish_version", version, numbered=True), follow=True),
    }

    assert "somebody other than its author" in said(ways[way]())
    assert not Article.objects.live().exists()


def test_under_the_rule_the_form_saves_and_asks(editor: Client, two_people: Shop, lin: User) -> None:
    version = draft(two_people, lin)
    page = editor.get(change(version.article)).content.decode()
    assert 'name="_ask"' in page
    assert 'name="_publish"' not in page

    editor.post(change(version.article), form_of(version, answer="One day.", _ask="1"))

    assert Article.objects.get().review_state == ReviewState.IN_REVIEW


def test_the_author_is_told_that_somebody_else_approves(editor: Client, two_people: Shop, lin: User) -> None:
    version = in_review(two_people, lin)

    page = editor.get(change(version.article))
    assert not page.context["may_approve"]
    assert "You wrote this version" in said(editor.post(door("approve", version, numbered=True), follow=True))
    assert Article.objects.get().review_state == ReviewState.IN_REVIEW


def test_many_are_asked_for_and_approved_at_once(editor: Client, lead: Client, shop: Shop, lin: User) -> None:
    ids = [draft(shop, lin, key=f"a{n}", question=f"Q{n}?").article_id for n in range(3)]
    live = published(shop, lin, key="live", question="Live?").article_id

    asked = editor.post(LIST, {"action": "ask_review_chosen", "_selected_action": [*ids, live]}, follow=True)
    assert "3 reviews are asked for." in said(asked)
    assert "nothing to review" in said(asked)
    chosen = {"action": "approve_chosen", "_selected_action": ids}
    assert "Q1?" in lead.post(LIST, chosen).content.decode()
    assert "3 versions" in said(lead.post(LIST, chosen | {"confirmed": "yes"}, follow=True))
    assert found(lead, "state=approved") == ["a0", "a1", "a2"]


# --- Plans, the archive, another look ---------------------------------------------------------------------


def test_a_plan_is_made_shown_and_cancelled(editor: Client, shop: Shop, lin: User) -> None:
    version = draft(shop, lin)
    when = timezone.localtime(clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    typed = {"number": version.number, "what": "publish", "when": f"{when:%Y-%m-%dT%H:%M}"}

    page = editor.post(door("plan", version), typed, follow=True)

    assert Article.objects.get().publish_at == when
    assert f"goes live on {when:%Y-%m-%d %H:%M}" in page.content.decode()
    assert found(editor, "state=planned") == ["delivery"]
    editor.post(door("cancel_plan", version))
    assert found(editor, "state=planned") == []


@pytest.mark.parametrize("when", ["2020-01-01T09:00", "soon", ""])
def test_a_plan_needs_a_time_that_is_still_to_come(editor: Client, shop: Shop, lin: User, when: str) -> None:
    version = draft(shop, lin)

    page = editor.post(door("plan", version), {"number": 1, "what": "publish", "when": when}, follow=True)

    assert page.context["messages"]
    assert not Article.objects.planned().exists()


def test_a_plan_that_failed_stands_on_its_article_until_it_is_noted(
    editor: Client, shop: Shop, lin: User, omar: User
) -> None:
    version = draft(shop, lin)
    later = MONDAY_9AM + timedelta(hours=1)
    actions.plan_publish(version=version, when=later, by=lin, at=MONDAY_9AM)
    actions.set_publishing_rules(shop=shop, two_people=True, review_days=180, by=omar, at=MONDAY_9AM)
    actions.carry_out_plans(shop_id=shop.pk, at=later)

    assert Article.objects.get().plan_refused in editor.get(change(version.article)).content.decode()
    assert found(editor, "state=plan_failed") == ["delivery"]
    assert "event_busy" in [card["icon"] for card in editor.get(reverse("admin:index")).context["cards"]]
    editor.post(door("cancel_plan", version))
    assert found(editor, "state=plan_failed") == []


def test_archived_articles_are_hidden_until_they_are_asked_for(editor: Client, shop: Shop, lin: User) -> None:
    kept, old = published(shop, lin), published(shop, lin, key="old", question="Old?")

    response = editor.post(door("archive", old), follow=True)

    assert "release 3" in said(response)
    assert (found(editor, ""), found(editor, "state=archived")) == ([kept.article.key], ["old"])
    editor.post(door("unarchive", old))
    assert found(editor, "state=draft") == ["old"]


def test_many_are_archived_and_taken_out_again(editor: Client, shop: Shop, lin: User) -> None:
    ids = [draft(shop, lin, key=f"a{n}", question=f"Q{n}?").article_id for n in range(2)]

    chosen = {"action": "archive_chosen", "_selected_action": ids}
    editor.post(LIST, chosen)
    assert found(editor, "state=archived") == []
    editor.post(LIST, chosen | {"confirmed": "yes"})
    assert found(editor, "state=archived") == ["a0", "a1"]
    editor.post(f"{LIST}?state=archived", {"action": "unarchive_chosen", "_selected_action": ids})
    assert found(editor, "") == ["a0", "a1"]


def test_the_next_look_is_asked_for_before_it_is_set_for_many(editor: Client, shop: Shop, lin: User) -> None:
    ids = [draft(shop, lin, key=f"a{n}", question=f"Q{n}?").article_id for n in range(2)]
    chosen = {"action": "look_again_chosen", "_selected_action": ids}
    day = timezone.localdate(clock.now()) + timedelta(days=30)

    assert 'type="date"' in editor.post(LIST, chosen).content.decode()
    assert "valid date" in editor.post(LIST, chosen | {"confirmed": "yes", "day": "x"}).content.decode()
    editor.post(LIST, chosen | {"confirmed": "yes", "day": f"{day}"})

    assert Article.objects.filter(review_after=day).count() == 2


def test_a_stale_article_is_in_the_list_and_on_its_owners_first_page_until_she_confirms_it(
    editor: Client, lead: Client, shop: Shop, lin: User
) -> None:
    version = published(shop, lin)
    Article.objects.update(review_after=timezone.localdate(clock.now()) - timedelta(days=1))

    def told(client: Client) -> dict[str, str]:
        return {card["icon"]: card["href"] for card in client.get(reverse("admin:index")).context["cards"]}

    assert "update" not in told(lead)
    assert found(editor, told(editor)["update"].partition("?")[2]) == ["delivery"]
    assert "Still right" in editor.get(change(version.article)).content.decode()
    editor.post(door("confirm", version))

    assert found(editor, "state=stale") == []
    assert "update" not in told(editor)


def test_owner_and_next_look_are_set_together_or_not_at_all(
    editor: Client, shop: Shop, lin: User, omar: User, mei: User
) -> None:
    version = draft(shop, lin)
    day = timezone.localdate(clock.now()) + timedelta(days=3)

    editor.post(door("care", version), {"owner": omar.pk, "review_after": f"{day}"})
    article = Article.objects.get()
    assert (article.owner, article.review_after) == (omar, day)
    for wrong in ({"owner": mei.pk}, {"owner": lin.pk, "review_after": "2020-01-01"}):
        editor.post(door("care", version), wrong)
    article.refresh_from_db()
    assert (article.owner, article.review_after) == (omar, day)


# --- Remarks and the story --------------------------------------------------------------------------------


def test_remarks_stand_beside_the_draft_as_text(editor: Client, lead: Client, shop: Shop, lin: User) -> None:
    version = draft(shop, lin)

    lead.post(door("comment", version), {"body": "<b>Which courier?</b>"})
    page = editor.get(change(version.article)).content.decode()
    assert "&lt;b&gt;Which courier?&lt;/b&gt;" in page
    remark = Comment.objects.get()
    editor.post(reverse("kb:settle", args=[version.article_id, remark.pk]))

    remark.refresh_from_db()
    assert remark.resolved_by == lin
    assert "write something" not in page.lower()


def test_a_remark_is_reached_through_its_own_article_only(
    editor: Client, shop: Shop, other_shop: Shop, lin: User, omar: User
) -> None:
    foreign = make_article(shop=other_shop)
    remark = Comment.objects.create(
        article=foreign, version=foreign.latest_version, body="x", by=omar, at=MONDAY_9AM
    )
    own = draft(shop, lin)

    for article_id in (foreign.pk, own.article_id):
        assert editor.post(reverse("kb:settle", args=[article_id, remark.pk])).status_code == 404


def test_the_story_tells_each_version_s_way_in_order(
    editor: Client, shop: Shop, lin: User, omar: User
) -> None:
    hour = timedelta(hours=1)
    version = in_review(shop, lin)
    actions.comment(article=version.article, body="Fine.", by=omar, at=MONDAY_9AM + hour)
    actions.approve(version=version, by=omar, at=MONDAY_9AM + 2 * hour)
    actions.plan_publish(version=version, when=MONDAY_9AM + 4 * hour, by=lin, at=MONDAY_9AM + 3 * hour)
    actions.carry_out_plans(shop_id=shop.pk, at=MONDAY_9AM + 4 * hour)
    actions.save_draft(
        shop=shop, key="delivery", category=None, question="How long?", phrasings=(), answer="A day.",
        by=lin, at=MONDAY_9AM + 5 * hour,
    )  # fmt: skip
    actions.withdraw(articles=[version.article], by=omar, at=MONDAY_9AM + 6 * hour)

    [second, first] = editor.get(reverse("kb:versions", args=[version.article_id])).context["chapters"]

    assert [(event.what, str(event.by)) for event in first.events] == [
        ("Review asked for", "Lin"),
        ("Commented", "Omar"),
        ("Approved", "Omar"),
        ("Planned to go live on 2026-06-01 13:00", "Lin"),
        ("published · r1", "Lin"),
    ]
    assert [(event.what, str(event.by)) for event in second.events] == [("withdrawn · r2", "Omar")]


def test_versions_that_the_rule_keeps_back_have_no_publish_button(
    editor: Client, two_people: Shop, lin: User, omar: User
) -> None:
    version = in_review(two_people, lin)
    page = reverse("kb:versions", args=[version.article_id])
    button = door("publish_version", version, numbered=True)

    assert button not in editor.get(page).content.decode()
    actions.approve(version=version, by=omar, at=MONDAY_9AM)
    assert button in editor.get(page).content.decode()


# --- How much it takes ------------------------------------------------------------------------------------


def test_an_articles_page_takes_no_more_queries_for_more_remarks(
    editor: Client, shop: Shop, lin: User, omar: User, django_assert_max_num_queries: object
) -> None:
    version = in_review(shop, lin)
    for number in range(20):
        actions.comment(article=version.article, body=f"Remark {number}", by=omar, at=MONDAY_9AM)

    with django_assert_max_num_queries(20):  # type: ignore[operator]
        editor.get(change(version.article))
