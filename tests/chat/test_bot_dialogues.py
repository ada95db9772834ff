"""Conversations of several turns with the bot, in memory."""

from dataclasses import dataclass, field, replace

import pytest

from chat.bot.memory import Memory
from chat.bot.pipeline import STEPS, STEPS_MEANWHILE, answer
from chat.bot.turn import Knowledge, Orders, Reply, Turn
from cscore.commerce.models import OrderStatus
from tests.chat.bot_world import Knows, KnowsNothing, Owns, order


@dataclass
class Dialogue:
    """One customer and the bot, who remembers as it does between rows."""

    knowledge: Knowledge = field(default_factory=KnowsNothing)
    orders: Orders = field(default_factory=Owns)
    signed_in: bool = True
    someone_there: bool = True
    memory: Memory = field(default_factory=Memory)

    def turn(self, text: str, choice: str) -> Turn:
        return Turn(
            text=text,
            choice=choice,
            knowledge=self.knowledge,
            orders=self.orders,
            memory=self.memory,
            signed_in=self.signed_in,
            presence=lambda: self.someone_there,
        )

    def say(self, text: str) -> Reply:
        return self._heard(answer(self.turn(text, "")))

    def choose(self, choice: str) -> Reply:
        return self._heard(answer(self.turn("chosen", choice)))

    def show_photo(self) -> Reply:
        return self._heard(answer(replace(self.turn("Photo", ""), photo=True)))

    def _heard(self, reply: Reply | None) -> Reply:
        assert reply is not None
        self.memory = Memory.from_json(reply.memory.as_json())
        return reply


def values(reply: Reply) -> list[str]:
    return [option["value"] for part in reply.parts for option in part.get("options", ())]


def test_a_return_asks_for_order_item_and_reason_one_at_a_time_and_opens_a_ticket() -> None:
    talk = Dialogue(orders=Owns([order("A1000001", items=("Tent", "Lamp")), order("A1000002", id=2)]))

    which_order = talk.say("I want to return something")
    which_item = talk.choose("order:A1000001")
    which_reason = talk.choose("item:11")
    a_photo = talk.choose("reason:1")
    done = talk.show_photo()

    asked = (which_order, which_item, which_reason, a_photo)
    assert [reply.parts[0]["field"] for reply in asked] == ["order", "item", "reason", "photo"]
    assert values(a_photo) == ["photo:skip", "stop", "human"]
    assert values(which_order) == ["order:A1000001", "order:A1000002", "stop", "human"]
    assert values(which_item) == ["item:10", "item:11", "stop", "human"]
    assert done.ticket is not None
    assert (done.ticket.kind, done.ticket.order_id, done.ticket.item_id) == ("return", 1, 11)
    assert talk.memory.form is None


def test_damage_that_was_described_with_its_order_wants_a_photo_at_most() -> None:
    talk = Dialogue(orders=Owns([order("A1000001")]))

    asked = talk.say("the tent i received is broken, order A1000001")
    done = talk.choose("photo:skip")

    assert asked.parts[0]["field"] == "photo"
    assert done.ticket is not None
    assert (done.ticket.kind, done.ticket.reason) == (
        "damaged",
        "the tent i received is broken, order A1000001",
    )


def test_an_order_that_is_not_found_twice_ends_with_a_person_and_never_the_same_words() -> None:
    talk = Dialogue(signed_in=False)

    said = [talk.say("I want to return my order"), talk.say("B1234567"), talk.say("B1234568")]
    last = talk.say("B1234569")

    assert len({reply.body for reply in said}) == 3
    assert (last.hand_over, last.decision) == ("after_sale", "hand_over")


@pytest.mark.parametrize("no", ["没有照片", "不方便拍", "跳过", "no photo", "I don't have a picture"])
def test_a_case_goes_on_without_a_photo_when_there_is_none(no: str) -> None:
    talk = Dialogue(orders=Owns([order("A1000001")]))
    talk.say("收到的帐篷破了")
    talk.choose("order:A1000001")

    assert talk.say(no).ticket is not None


def test_other_words_in_the_place_of_a_photo_are_no_reason_to_give_up_on_the_case() -> None:
    talk = Dialogue(orders=Owns([order("A1000001")]))
    talk.say("收到的帐篷破了")
    talk.choose("order:A1000001")

    again, done = talk.say("破得挺厉害"), talk.say("真的")

    assert again.parts[0]["field"] == "photo"
    assert done.ticket is not None


def test_who_changed_his_mind_is_asked_for_no_photo() -> None:
    talk = Dialogue(orders=Owns([order("A1000001")]))
    talk.say("我要退货")
    talk.choose("order:A1000001")

    assert talk.choose("reason:0").ticket is not None


@pytest.mark.parametrize("kind", ["我要换货", "我要退款"])
@pytest.mark.parametrize("reason", ["质量太差，开线了", "Poor quality"])
def test_an_exchange_or_a_refund_for_its_quality_asks_for_a_photo(kind: str, reason: str) -> None:
    talk = Dialogue(orders=Owns([order("A1000001")]))
    talk.say(kind)
    talk.choose("order:A1000001")

    asked = talk.say(reason)
    done = talk.show_photo()

    assert asked.parts[0]["field"] == "photo"
    assert done.ticket is not None


def test_an_exchange_for_another_size_needs_no_photo() -> None:
    talk = Dialogue(orders=Owns([order("A1000001")]))
    talk.say("我要换货")
    talk.choose("order:A1000001")

    assert talk.choose("reason:1").ticket is not None


def test_a_photo_that_nobody_asked_for_is_kept_for_the_case_that_follows() -> None:
    talk = Dialogue(orders=Owns([order("A1000001")]))

    kept = talk.show_photo()
    talk.say("收到的帐篷破了")
    done = talk.choose("order:A1000001")

    assert (kept.step, kept.decision) == ("photo", "talk")
    assert done.ticket is not None


def test_a_photo_in_the_middle_of_a_form_leaves_the_question_open() -> None:
    talk = Dialogue(orders=Owns([order("A1000001", items=("Tent", "Lamp"))]))
    talk.say("收到的帐篷破了")
    talk.choose("order:A1000001")

    again = talk.show_photo()
    done = talk.choose("item:10")

    assert again.parts[0]["field"] == "item"
    assert done.ticket is not None


def test_a_form_can_be_left_by_choice_and_by_words() -> None:
    for leave in (lambda talk: talk.choose("stop"), lambda talk: talk.say("算了")):
        talk = Dialogue(orders=Owns([order("A1000001")]))
        talk.say("我要退货")

        assert leave(talk).decision == "stopped"
        assert talk.memory.form is None


def test_a_question_in_the_middle_of_a_form_is_answered_and_the_form_asked_again() -> None:
    talk = Dialogue(knowledge=Knows({"退货运费谁出": ["freight"]}), orders=Owns([order("A1000001")]))
    talk.say("我要退货")

    reply = talk.say("退货运费谁出")

    assert reply.body.startswith("This is about freight.")
    assert [part["kind"] for part in reply.parts] == ["source", "form"]
    assert talk.memory.form is not None
    assert reply.answer is not None


def test_anger_in_the_middle_of_a_form_goes_to_a_person() -> None:
    talk = Dialogue()
    talk.say("我要退货")

    assert talk.say("算了我要投诉").hand_over == "negative_emotion"


def test_a_known_question_is_answered_with_its_source_and_version() -> None:
    talk = Dialogue(knowledge=Knows({"发票怎么开": ["invoice"]}))

    reply = talk.say("你好，发票怎么开")

    assert reply.body == "This is about invoice."
    assert reply.parts[0] == {
        "kind": "source",
        "article": "invoice",
        "version": 2,
        "question": "About invoice?",
    }
    assert reply.answer is not None
    assert reply.answer.version_id == 7


def test_the_same_question_again_offers_a_person() -> None:
    talk = Dialogue(knowledge=Knows({"发票怎么开": ["invoice"]}))
    first = talk.say("发票怎么开")

    again = talk.say("发票怎么开")

    assert "human" not in values(first)
    assert values(again) == ["human"]
    assert again.body != first.body


def test_several_candidates_are_offered_and_choosing_one_answers_it() -> None:
    talk = Dialogue(knowledge=Knows({"发票": ["invoice", "tax", "company", "more"]}))

    offered = talk.say("发票")
    chosen = talk.choose("article:tax")

    assert values(offered) == ["article:invoice", "article:tax", "article:company", "human"]
    assert (chosen.body, chosen.step) == ("This is about tax.", "chosen_article")


def test_the_same_offer_is_not_made_twice() -> None:
    talk = Dialogue(knowledge=Knows({"发票": ["invoice", "tax"]}))
    talk.say("发票")

    assert talk.say("发票").hand_over == "no_progress"


def test_what_nobody_knows_goes_to_a_person_with_the_reason() -> None:
    reply = Dialogue().say("帐篷可以住几个人")

    assert (reply.hand_over, reply.ticket) == ("missing_knowledge", None)


def test_when_nobody_is_there_the_bot_says_so_and_notes_the_question_once() -> None:
    talk = Dialogue(someone_there=False)

    first = talk.say("帐篷可以住几个人")
    talk.memory = Memory(callback="T000001")
    second = talk.say("转人工")

    assert first.ticket is not None
    assert (first.ticket.kind, first.ticket.reason) == ("callback", "帐篷可以住几个人")
    assert second.ticket is None
    assert "T000001" in second.body


def test_signs_without_words_are_asked_about_once() -> None:
    talk = Dialogue()

    assert talk.say("???").step == "unclear"
    assert talk.say("!!!").step == "nothing_known"


def test_one_order_is_told_at_once_with_its_parcel() -> None:
    reply = Dialogue(orders=Owns([order("A1000001")])).say("我的快递到哪了")

    assert [part["kind"] for part in reply.parts] == ["order", "parcel"]
    assert "Left Hangzhou" in reply.body


def test_several_orders_are_offered() -> None:
    talk = Dialogue(orders=Owns([order("A1000001"), order("A1000002", id=2)]))

    offered = talk.say("我的快递到哪了")
    told = talk.choose("order:A1000002")

    assert values(offered) == ["order:A1000001", "order:A1000002", "human"]
    assert "A1000002" in told.body


def test_strangers_are_asked_to_sign_in_or_to_prove_their_order() -> None:
    reply = Dialogue(signed_in=False).say("我的快递到哪了")

    assert (reply.decision, reply.parts) == ("ask", ())
    assert reply.memory.waits_for_order


def test_a_foreign_and_a_missing_order_look_the_same() -> None:
    talk = Dialogue(orders=Owns([order("A1000001")]))

    foreign, missing = talk.say("查订单 A1999999"), talk.say("查订单 A1999998")

    assert (foreign.body, foreign.parts) == (missing.body, missing.parts)


def test_while_nobody_is_there_the_bot_goes_on_with_what_it_is_sure_of() -> None:
    talk = Dialogue(knowledge=Knows({"发票怎么开": ["invoice"]}))

    assert answer(talk.turn("发票怎么开", ""), STEPS_MEANWHILE) is not None
    assert answer(talk.turn("帐篷可以住几个人", ""), STEPS_MEANWHILE) is None
    assert answer(talk.turn("帐篷可以住几个人", ""), STEPS) is not None


def test_a_memory_of_another_release_is_forgotten() -> None:
    assert Memory.from_json({"something": "else"}) == Memory()


def test_where_is_my_parcel_means_the_one_order_that_is_under_way() -> None:
    had = replace(order("A1000001"), status=OrderStatus.COMPLETED)
    talk = Dialogue(orders=Owns([order("A1000002", id=2), had]))

    assert "A1000002" in talk.say("我的快递到哪了").body


def test_with_nothing_under_way_the_latest_orders_are_offered() -> None:
    cards = [replace(order(f"A100000{n}", id=n), status=OrderStatus.DELIVERED) for n in (1, 2)]
    talk = Dialogue(orders=Owns(cards))

    assert values(talk.say("我的快递到哪了")) == ["order:A1000001", "order:A1000002", "human"]
