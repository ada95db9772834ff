"""What past questions say of drafts, before they go live."""

from dataclasses import replace
from uuid import uuid4

import pytest

from chat import actions as chat
from chat.actions.replaying import DraftsOfTwoShops, NothingToReplay, ask_replay, run_replay
from chat.learning.past import past_questions
from chat.learning.results import Result
from chat.models import JobState, Replay
from cscore.accounts.models import AuditEntry, User
from cscore.commerce import identity
from cscore.commerce.models import Customer, Shop, Tier
from cscore.common import clock
from kb import actions as kb
from kb import queries
from kb.actions.merging import merge
from kb.answers import Circumstances, LinkCard, OtherAnswer, Rich
from kb.comparing import Change
from kb.models import ArticleVersion
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, neighbours, published

DELIVERY = "How long does delivery take?"
TENT = "Do you sell tents?"
RETURNS = "Can I send it back?"


@pytest.fixture(autouse=True)
def three_articles(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)
    published(shop, lin)


def ask(shop: Shop, *texts: str, customer: Customer | None = None) -> None:
    """A visitor of his own, or the customer, says this to the bot."""
    signed = identity.sign(shop=shop, external_id=customer.external_id, at=MONDAY_9AM) if customer else None
    visitor = chat.meet(shop=shop, token=None, identity=signed, at=MONDAY_9AM).visitor
    for text in texts:
        chat.hear_customer(visitor=visitor, client_id=uuid4(), body=text, at=MONDAY_9AM)


def replayed(by: User, *versions: ArticleVersion) -> Result:
    """What a replay of these drafts finds."""
    replay = ask_replay(versions=versions, by=by, at=MONDAY_9AM)
    run_replay(replay.pk)
    replay.refresh_from_db()
    assert replay.state == JobState.DONE, replay.result
    assert replay.done == replay.total
    return Result.from_json(replay.result)


def changes(result: Result) -> dict[Change, int]:
    return {change: count.times for change, count in result.counts.items() if count.times}


def test_a_new_article_answers_what_was_handed_over_before(shop: Shop, lin: User) -> None:
    ask(shop, TENT)
    ask(shop, TENT)
    ask(shop, DELIVERY)

    result = replayed(lin, draft(shop, lin, key="tents", question=TENT, answer="Yes, five."))

    assert changes(result) == {Change.ANSWERED: 2}
    [row] = result.rows
    assert (row.times, row.customers) == (2, 2)
    assert (row.after.keys, row.after.text) == (("tents",), "Yes, five.")
    assert result.asked.times == 3
    assert result.unchanged == 1


def test_another_answer_is_shown_beside_the_old_one(shop: Shop, lin: User) -> None:
    ask(shop, DELIVERY)

    result = replayed(lin, draft(shop, lin, answer="One day."))

    assert changes(result) == {Change.DIFFERENT: 1}
    assert (result.rows[0].before.text, result.rows[0].after.text) == ("Two to four days.", "One day.")


def test_a_draft_that_no_longer_asks_this_loses_the_answer(shop: Shop, lin: User) -> None:
    ask(shop, DELIVERY)

    result = replayed(lin, draft(shop, lin, question="Who was Ada Lovelace?", phrasings=[]))

    assert changes(result) == {Change.LOST: 1}


def test_an_article_that_asks_the_same_makes_the_answer_ambiguous(shop: Shop, lin: User) -> None:
    ask(shop, "How long does the delivery take")
    twin = draft(shop, lin, key="twin", question="How long does the delivery take?", answer="Another answer.")

    result = replayed(lin, twin)

    assert [(one.key, one.other) for one in result.alike] == [("twin", "delivery")]


def test_nobody_notices_a_phrasing_that_nobody_asked(shop: Shop, lin: User) -> None:
    ask(shop, DELIVERY)

    result = replayed(lin, draft(shop, lin, phrasings=["When will my parcel arrive?", "Is it quick?"]))

    assert changes(result) == {}


def test_what_the_bot_settles_without_articles_is_not_asked_again(shop: Shop, lin: User) -> None:
    ask(shop, "Hello", "Thank you")

    assert past_questions(shop.pk) == []


def test_a_short_question_is_asked_again_with_what_was_said_before_it(shop: Shop) -> None:
    ask(shop, "Can I send it back to you please?", "How?")

    assert [(one.text, one.before) for one in past_questions(shop.pk)] == [
        ("How?", "Can I send it back to you please?"),
        ("Can I send it back to you please?", ""),
    ]


def test_only_the_newest_questions_are_asked(shop: Shop) -> None:
    ask(shop, DELIVERY)
    ask(shop, RETURNS)

    assert [one.text for one in past_questions(shop.pk, 1)] == [RETURNS]


def test_questions_of_another_shop_are_not_asked(shop: Shop, other_shop: Shop) -> None:
    ask(other_shop, DELIVERY)

    assert past_questions(shop.pk) == []


def test_what_may_not_be_said_is_named_with_those_who_would_read_it(shop: Shop, lin: User) -> None:
    ask(shop, DELIVERY)

    result = replayed(lin, draft(shop, lin, answer="我们是全国第一，最快当天到。"))

    assert result.hits
    assert {(hit.key, hit.told) for hit in result.hits} == {("delivery", 1)}
    assert any(hit.blocks for hit in result.hits)


def test_words_that_are_live_already_are_no_new_hit(shop: Shop, lin: User) -> None:
    assert replayed(lin, draft(shop, lin, answer="Two to four days, no more.")).hits == ()


def test_a_merge_is_replayed_with_the_other_article_gone(shop: Shop, lin: User) -> None:
    twin = published(shop, lin, key="twin", question="Is shipping quick?", phrasings=[], answer="Quite.")
    ask(shop, "Is shipping quick?")
    into = draft(shop, lin).article

    result = replayed(lin, merge(into=into, other=twin.article, by=lin, at=MONDAY_9AM))

    assert changes(result) == {Change.DIFFERENT: 1}
    assert result.rows[0].after.keys == ("delivery",)


def test_golden_questions_that_would_be_lost_are_named(shop: Shop, lin: User) -> None:
    live = draft(shop, lin)
    kb.keep_golden(article=live.article, question=DELIVERY, by=lin, at=MONDAY_9AM)

    result = replayed(lin, draft(shop, lin, question="Who was Ada Lovelace?", phrasings=[]))

    assert [(lost.question, lost.key) for lost in result.lost] == [(DELIVERY, "delivery")]


def test_live_versions_alone_are_nothing_to_replay(shop: Shop, lin: User) -> None:
    with pytest.raises(NothingToReplay):
        ask_replay(versions=[draft(shop, lin)], by=lin, at=MONDAY_9AM)


def test_drafts_of_two_shops_are_not_replayed_together(shop: Shop, other_shop: Shop, lin: User) -> None:
    pair = [draft(one, lin, key="tents", question=TENT) for one in (shop, other_shop)]

    with pytest.raises(DraftsOfTwoShops):
        ask_replay(versions=pair, by=lin, at=MONDAY_9AM)


def test_the_same_drafts_are_not_replayed_twice_at_once(shop: Shop, lin: User) -> None:
    version = draft(shop, lin, key="tents", question=TENT)

    first = ask_replay(versions=[version], by=lin, at=MONDAY_9AM)

    assert ask_replay(versions=[version], by=lin, at=MONDAY_9AM) == first
    assert AuditEntry.objects.filter(verb="chat.replay").count() == 1


def test_a_replay_whose_draft_was_changed_gives_up(shop: Shop, lin: User) -> None:
    replay = ask_replay(versions=[draft(shop, lin, key="tents", question=TENT)], by=lin, at=MONDAY_9AM)
    draft(shop, lin, key="tents", question="Do you sell tents at all?")

    run_replay(replay.pk)

    replay.refresh_from_db()
    assert (replay.state, replay.result) == (JobState.FAILED, {"stale": True})


def test_a_replay_that_runs_twice_keeps_what_the_first_run_found(shop: Shop, lin: User) -> None:
    ask(shop, TENT)
    replay = ask_replay(versions=[draft(shop, lin, key="tents", question=TENT)], by=lin, at=MONDAY_9AM)
    run_replay(replay.pk)
    first = Replay.objects.get().result
    ask(shop, TENT)

    assert run_replay(replay.pk) == "nothing to do"
    assert Replay.objects.get().result == first


def test_customers_words_stay_in_the_conversation(shop: Shop, lin: User) -> None:
    ask(shop, "Do you sell tents? My number is 13800138000")

    replay = ask_replay(versions=[draft(shop, lin, key="tents", question=TENT)], by=lin, at=clock.now())
    run_replay(replay.pk)

    replay.refresh_from_db()
    assert "13800138000" not in str(replay.result)


def test_customers_are_compared_by_the_answer_that_is_for_them(shop: Shop, lin: User, li: Customer) -> None:
    """An answer for gold customers changes; a stranger's stays."""
    gold = OtherAnswer("Two days for you.", Circumstances(tiers=(Tier.GOLD,)))
    kb.publish(versions=[other_answers(shop, lin, gold)], by=lin, at=MONDAY_9AM)
    ask(shop, DELIVERY)
    ask(shop, DELIVERY, customer=li)

    result = replayed(lin, other_answers(shop, lin, replace(gold, text="One day for you.")))

    [row] = result.rows
    assert (row.times, row.before.text, row.after.text) == (1, "Two days for you.", "One day for you.")
    assert (result.asked.times, result.asked.wordings) == (2, 1)


def test_another_card_below_the_same_words_is_another_answer(shop: Shop, lin: User) -> None:
    ask(shop, DELIVERY)
    draft_of_now = queries.draft_of(draft(shop, lin))
    link = Rich(cards=(LinkCard("https://example.com/parcels", "Parcels"),))

    result = replayed(
        lin, *kb.save_drafts(shop=shop, drafts=[replace(draft_of_now, rich=link)], by=lin, at=MONDAY_9AM)
    )

    assert changes(result) == {Change.DIFFERENT: 1}
    assert result.rows[0].after.text.splitlines()[1] == "[https://example.com/parcels · Parcels]"


def other_answers(shop: Shop, by: User, *others: OtherAnswer) -> ArticleVersion:
    """A draft of the article about delivery with these answers beside the base answer."""
    text = replace(queries.draft_of(draft(shop, by)), others=others)
    [version] = kb.save_drafts(shop=shop, drafts=[text], by=by, at=MONDAY_9AM)
    return version
