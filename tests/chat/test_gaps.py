"""What customers asked in vain becomes gaps, and a click closes one."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from chat import actions
from chat.actions.gaps import (
    COMES_BACK_AFTER,
    AlreadyDecided,
    Looked,
    NothingToAdd,
    add_as_phrasings,
    dismiss,
    draft_from_gap,
    look_for_gaps,
    reopen,
)
from chat.models import BotTurn, Conversation, Gap, GapState, Message, Thumb, Visitor
from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from kb.models import Article
from tests.factories import MONDAY_9AM
from tests.kb.articles import neighbours, published

AFTER = MONDAY_9AM + timedelta(hours=4)


@pytest.fixture(autouse=True)
def _the_shop_knows_something(shop: Shop, lin: User) -> None:
    published(shop, lin)
    neighbours(shop, lin)


class Visit:
    """One conversation, minute by minute."""

    def __init__(self, shop: Shop, agent: User, *, begins: datetime = MONDAY_9AM) -> None:
        self.at, self.agent = begins, agent
        actions.set_presence(agent=agent, available=True, capacity=20, at=begins)
        self.visitor: Visitor = actions.meet(shop=shop, token=None, identity=None, at=begins).visitor

    def later(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def asks(self, *texts: str) -> "Visit":
        for text in texts:
            actions.hear_customer(visitor=self.visitor, client_id=uuid4(), body=text, at=self.later())
        return self

    def wants_person(self) -> "Visit":
        actions.ask_for_person(visitor=self.visitor, client_id=uuid4(), at=self.later())
        return self

    def is_answered(self, *texts: str) -> "Visit":
        if self.conversation.agent is None:
            actions.take(conversation=self.conversation, by=self.agent, at=self.later())
        for text in texts:
            actions.say(
                conversation=self.conversation, by=self.agent, client_id=uuid4(), body=text, at=self.later()
            )
        return self

    def ends(self, stars: int | None = None) -> "Visit":
        actions.close(conversation=self.conversation, by=self.agent, at=self.later())
        if stars:
            actions.rate(visitor=self.visitor, stars=stars, comment="", at=self.later())
        return self

    @property
    def conversation(self) -> Conversation:
        return Conversation.objects.filter(visitor=self.visitor).latest("opened_at")

    def question(self, text: str) -> Message:
        return Message.objects.get(conversation=self.conversation, body=text)


def looked(shop: Shop, at: datetime = AFTER) -> Looked:
    return look_for_gaps(shop=shop, at=at)


UNKNOWN = "Do you engrave names into the cups?"
UNKNOWN_TOO = "Can you engrave a name into the cups?"


# --- Finding ------------------------------------------------------------------------------------------------


def test_what_the_bot_did_not_know_is_a_gap_with_the_reply_of_a_person(shop: Shop, omar: User) -> None:
    Visit(shop, omar).asks(UNKNOWN).is_answered("Yes, up to twelve letters, two working days more.").ends(5)

    assert looked(shop) == Looked(1, 1, 0)

    gap = Gap.objects.get()
    assert (gap.question, gap.count, gap.customers, gap.state) == (UNKNOWN, 1, 1, GapState.OPEN)
    assert gap.reasons == {"unanswered": 1}
    assert [reply["text"] for reply in gap.replies] == ["Yes, up to twelve letters, two working days more."]


def test_agent_minutes_are_those_before_each_reply_three_at_most(shop: Shop, omar: User) -> None:
    visit = Visit(shop, omar).asks(UNKNOWN).is_answered("Let me ask the workshop about it.")
    visit.at += timedelta(minutes=20)
    visit.is_answered("Yes, up to twelve letters.").ends()

    looked(shop)

    assert Gap.objects.get().minutes == 1 + 3


def test_nearly_the_same_question_of_another_customer_grows_the_gap(shop: Shop, omar: User) -> None:
    Visit(shop, omar).asks(UNKNOWN).ends()
    looked(shop)
    Visit(shop, omar).asks(UNKNOWN_TOO).ends()

    assert looked(shop) == Looked(1, 0, 1)

    gap = Gap.objects.get()
    assert (gap.count, gap.customers) == (2, 2)
    assert {example["text"] for example in gap.examples} == {UNKNOWN, UNKNOWN_TOO}


def test_different_questions_are_different_gaps(shop: Shop, omar: User) -> None:
    Visit(shop, omar).asks(UNKNOWN).ends()
    Visit(shop, omar).asks("Where can I park my car?").ends()

    assert looked(shop) == Looked(2, 2, 0)


def test_short_chinese_questions_in_other_words_are_one_gap(shop: Shop, omar: User) -> None:
    for text in ("可以刻字吗", "能帮我刻个名字吗", "支持定制刻字服务不"):
        Visit(shop, omar).asks(text).wants_person().ends()

    assert looked(shop) == Looked(3, 1, 0)


def test_short_chinese_questions_that_only_ask_alike_are_different_gaps(shop: Shop, omar: User) -> None:
    for text in ("可以刻字吗", "可以上门自提吗", "可以放洗碗机吗"):
        Visit(shop, omar).asks(text).wants_person().ends()

    assert looked(shop) == Looked(3, 3, 0)


def test_a_question_like_another_wording_of_a_gap_grows_it(shop: Shop, omar: User) -> None:
    Visit(shop, omar).asks("可以刻字吗").wants_person().ends()
    Visit(shop, omar).asks("能帮我刻个名字吗").wants_person().ends()
    looked(shop)
    Visit(shop, omar).asks("支持定制刻字服务不").wants_person().ends()

    assert looked(shop) == Looked(1, 0, 1)


def test_looking_twice_finds_nothing_twice(shop: Shop, omar: User) -> None:
    Visit(shop, omar).asks(UNKNOWN).ends()
    looked(shop)

    assert looked(shop) == Looked()
    assert Gap.objects.get().count == 1


def test_what_was_asked_before_somebody_wanted_a_person_is_a_gap(shop: Shop, omar: User) -> None:
    Visit(shop, omar).asks("How long does delivery take?").wants_person().ends()

    looked(shop)

    gap = Gap.objects.get()
    assert (gap.question, gap.reasons) == ("How long does delivery take?", {"handed_over": 1})


def test_a_thumb_down_makes_a_gap_of_an_answer(shop: Shop, omar: User) -> None:
    visit = Visit(shop, omar).asks("How do I get an invoice?").ends()
    version = Article.objects.get(key="invoice").live_version
    assert version
    Thumb.objects.create(
        question=visit.question("How do I get an invoice?"), version=version, up=False, voter_key="visitor:1",
        at=visit.at,
    )  # fmt: skip

    looked(shop)

    assert Gap.objects.get().reasons == {"thumbed_down": 1}


def test_asking_nearly_the_same_again_is_a_gap_once(shop: Shop, omar: User) -> None:
    Visit(shop, omar).asks("How do I get an invoice?", "how do I get an invoice").ends()

    looked(shop)

    gap = Gap.objects.get()
    assert (gap.question, gap.reasons) == ("How do I get an invoice?", {"asked_again": 1})


@pytest.mark.parametrize("chosen", [False, True])
def test_what_was_offered_and_not_chosen_is_a_gap(shop: Shop, omar: User, chosen: bool) -> None:
    visit = Visit(shop, omar).asks("How do I get an invoice?", "Can I send it back?").ends()
    BotTurn.objects.filter(message=visit.question("How do I get an invoice?")).update(decision="offer")
    if chosen:
        BotTurn.objects.filter(message=visit.question("Can I send it back?")).update(step="chosen_article")

    looked(shop)

    assert [gap.reasons for gap in Gap.objects.all()] == ([] if chosen else [{"unanswered": 1}])


def test_who_was_answered_leaves_no_gap(shop: Shop, omar: User) -> None:
    Visit(shop, omar).asks("How do I get an invoice?", "Can I send it back?").ends()

    assert looked(shop) == Looked()


def test_a_conversation_that_goes_on_is_waited_for(shop: Shop, omar: User) -> None:
    visit = Visit(shop, omar).asks(UNKNOWN)

    assert looked(shop, at=visit.at + timedelta(minutes=5)) == Looked()
    assert looked(shop, at=visit.at + timedelta(minutes=40)) == Looked(1, 1, 0)


def test_personal_data_is_masked(shop: Shop, omar: User) -> None:
    Visit(shop, omar).asks("Do you engrave 13812345678 into the cups?").is_answered(
        "Of course, I will call 13812345678 when it is done."
    ).ends()

    looked(shop)

    gap = Gap.objects.get()
    assert "138" not in f"{gap.question} {gap.examples} {gap.replies}"


def test_gaps_of_two_shops_never_meet(shop: Shop, other_shop: Shop, omar: User) -> None:
    omar.shops.add(other_shop)
    Visit(shop, omar).asks(UNKNOWN).ends()
    Visit(other_shop, omar).asks(UNKNOWN).ends()

    looked(shop)
    looked(other_shop)

    assert list(Gap.objects.order_by("shop").values_list("shop", "count")) == [
        (shop.pk, 1),
        (other_shop.pk, 1),
    ]


# --- Deciding -----------------------------------------------------------------------------------------------


@pytest.fixture
def gap(shop: Shop, omar: User) -> Gap:
    Visit(shop, omar).asks(UNKNOWN).is_answered("Yes, up to twelve letters, two working days more.").ends(5)
    Visit(shop, omar).asks(UNKNOWN_TOO).ends()
    looked(shop)
    return Gap.objects.get()


def test_a_draft_takes_the_wordings_and_the_best_reply(gap: Gap, lin: User) -> None:
    version = draft_from_gap(gap=gap, by=lin, at=AFTER)

    assert {version.question, *version.phrasings} == {UNKNOWN, UNKNOWN_TOO}
    assert version.answer == "Yes, up to twelve letters, two working days more."
    assert not version.article.is_live
    gap.refresh_from_db()
    assert (gap.state, gap.article, gap.decided_by) == (GapState.DRAFTED, version.article, lin)
    assert AuditEntry.objects.filter(verb="chat.gap-drafted", by=lin).exists()


def test_wordings_become_phrasings_and_nothing_else_of_the_article_changes(
    gap: Gap, shop: Shop, lin: User
) -> None:
    article = Article.objects.get(key="invoice")
    before = article.latest_version
    assert before

    version = add_as_phrasings(gap=gap, article=article, by=lin, at=AFTER)

    assert set(version.phrasings) == {*before.phrasings, UNKNOWN, UNKNOWN_TOO}
    assert (version.question, version.answer) == (before.question, before.answer)
    article.refresh_from_db()
    assert article.live_version == before


def test_phrasings_that_are_there_already_are_not_added_again(gap: Gap, shop: Shop, lin: User) -> None:
    article = Article.objects.get(key="invoice")
    add_as_phrasings(gap=gap, article=article, by=lin, at=AFTER)
    article.refresh_from_db()
    reopen(gap=gap, by=lin, at=AFTER)

    with pytest.raises(NothingToAdd):
        add_as_phrasings(gap=gap, article=article, by=lin, at=AFTER)


def test_a_decided_gap_is_not_decided_twice(gap: Gap, lin: User) -> None:
    dismiss(gap=gap, by=lin, at=AFTER)

    with pytest.raises(AlreadyDecided):
        draft_from_gap(gap=gap, by=lin, at=AFTER)


@pytest.mark.parametrize("again", [COMES_BACK_AFTER - 1, COMES_BACK_AFTER])
def test_a_dismissed_gap_comes_back_when_it_is_asked_often_enough_again(
    shop: Shop, gap: Gap, lin: User, omar: User, again: int
) -> None:
    dismiss(gap=gap, by=lin, at=AFTER)
    for _ in range(again):
        Visit(shop, omar, begins=AFTER).asks(UNKNOWN).ends()

    looked(shop, at=AFTER + timedelta(hours=1))

    gap.refresh_from_db()
    assert gap.count == 2 + again
    assert (gap.state == GapState.OPEN) == (again == COMES_BACK_AFTER)
