"""Two questions in one message get two answers; one question is never taken apart."""

import uuid

import pytest

from chat import actions
from chat.bot.splitting import questions_in
from chat.bot.turn import Reply
from chat.models import Author, BotTurn, Message
from chat.queries.reasons import why
from cscore.commerce.models import Shop
from kb.matching import Candidate, Decision, Match
from kb.queries import LiveAnswer
from tests.chat.bot_world import Owns, order
from tests.chat.test_bot_dialogues import Dialogue
from tests.factories import MONDAY_9AM, make_article


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("什么时候发货？用什么快递？", ("什么时候发货？", "用什么快递？")),
        ("怎么开发票，还有，支持货到付款吗", ("怎么开发票", "支持货到付款吗")),
        ("怎么退货？另外问一下多久能退款", ("怎么退货？", "多久能退款")),
        ("这个帐篷能住几个人吗\n可以开专票吗\n", ("这个帐篷能住几个人吗", "可以开专票吗")),
        ("能退货吗，运费谁出呢", ("能退货吗", "运费谁出呢")),
        ("1. 怎么退货 2. 多久能到账", ("怎么退货", "多久能到账")),
        ("How do I return it? And also where is my order?", ("How do I return it?", "where is my order?")),
        (
            "can I get an invoice, and how long does delivery take",
            ("can I get an invoice", "how long does delivery take"),
        ),
        (
            "I want to cancel my order\nI need an invoice too",
            ("I want to cancel my order", "I need an invoice too"),
        ),
    ],
)
def test_questions_are_parted_where_people_part_them(text: str, questions: tuple[str, ...]) -> None:
    assert questions_in(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "怎么退货",
        "还有货吗",
        "红色的还有没有货？",
        "我昨天买的帐篷，今天到了。怎么退货？",
        "你好！请问什么时候发货？谢谢！",
        "什么时候发货？？？？",
        "收到的杯子碎了。怎么办？",
        "可以退吗？真的？",
        "订单 202606010001 到哪了？急",
        "3.5米的鱼竿有吗",
        "How do I return it? Thanks!",
        "I bought a tent and it is broken. What now?",
        "Does it fit 2 and a half people?",
        "https://example.com/a?b=1&c=2 这个怎么买",
        "",
        "？？？\n\n！！",
        "\n".join(f"第{number}个问题怎么办理呢" for number in range(30)),
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert questions_in(text) == ()


class Parts:
    """Knows some questions surely, offers for some; the whole message is no question of its own."""

    def __init__(self, sure: dict[str, str], offered: dict[str, list[str]] | None = None) -> None:
        self.sure, self.offered = sure, offered or {}

    def match(self, text: str, previous: str = "") -> Match:
        if text in self.sure:
            return Match(Decision.ANSWER, (Candidate(self.sure[text], 0.97),), "blend")
        found = tuple(Candidate(key, 0.7) for key in self.offered.get(text, ()))
        return Match(Decision.OFFER if found else Decision.HAND_OVER, found, "blend")

    def answer(self, key: str) -> LiveAnswer | None:
        return LiveAnswer(key, len(key), 3, f"About {key}?", f"All about {key}.")


def heard(text: str, knowledge: Parts, **talk: object) -> Reply:
    return Dialogue(knowledge=knowledge, **talk).say(text)


def sources(reply: Reply) -> list[tuple[str, int]]:
    return [(part["article"], part["version"]) for part in reply.parts if part["kind"] == "source"]


def options(reply: Reply) -> list[str]:
    return [option["value"] for part in reply.parts for option in part.get("options", ())]


KNOWS = Parts({"怎么开发票": "invoice", "用什么快递": "carrier", "发什么快递呢": "carrier"})


def test_both_are_answered_in_their_order_each_with_its_source() -> None:
    reply = heard("用什么快递？还有，怎么开发票", Parts({"用什么快递？": "carrier", "怎么开发票": "invoice"}))

    assert reply.step == "several"
    assert reply.body.index("All about carrier.") < reply.body.index("All about invoice.")
    assert sources(reply) == [("carrier", 3), ("invoice", 3)]
    assert reply.answer is not None
    assert reply.answer.key == "carrier"
    assert reply.memory.last_article == "invoice"
    assert options(reply) == []


def test_what_is_not_known_is_named_and_a_person_offered() -> None:
    reply = heard("怎么开发票，另外，你们老板是谁", KNOWS)

    assert "All about invoice." in reply.body
    assert "你们老板是谁" in reply.body
    assert options(reply) == ["human"]


def test_what_may_be_meant_is_offered_for_the_question_that_is_unclear() -> None:
    knowledge = Parts({"怎么开发票": "invoice"}, {"能不能便宜点": ["coupon", "price"]})

    reply = heard("怎么开发票\n能不能便宜点", knowledge)

    assert options(reply) == ["article:coupon", "article:price", "human"]


def test_two_ways_to_ask_the_same_thing_get_one_answer_from_the_other_steps() -> None:
    knowledge = Parts(
        {"用什么快递": "carrier", "发什么快递呢": "carrier", "用什么快递\n发什么快递呢": "carrier"}
    )

    assert heard("用什么快递\n发什么快递呢", knowledge).step == "known_answer"


def test_an_order_and_an_article_are_told_together() -> None:
    owns = Owns([order("A1000001")])

    reply = heard("我的快递到哪了？还有，怎么开发票", KNOWS, orders=owns)

    assert "A1000001" in reply.body
    assert "All about invoice." in reply.body
    assert [part["kind"] for part in reply.parts][-1] == "source"
    assert [section.step for section in reply.sections] == ["order_status", "known_answer"]


def test_a_case_is_asked_for_after_the_answer() -> None:
    talk = Dialogue(knowledge=KNOWS, orders=Owns([order("A1000001"), order("A1000002", id=2)]))

    reply = talk.say("我要退货，另外，怎么开发票")

    assert reply.decision == "ask"
    assert reply.body[1:].startswith("怎么开发票")
    assert options(reply)[:2] == ["order:A1000001", "order:A1000002"]
    assert talk.memory.form is not None


def test_a_message_that_is_an_article_word_for_word_is_not_taken_apart() -> None:
    class Exact(Parts):
        def match(self, text: str, previous: str = "") -> Match:
            if "\n" in text:
                return Match(Decision.ANSWER, (Candidate("both", 1.0),), "exact")
            return super().match(text, previous)

    assert heard("怎么开发票\n用什么快递", Exact(KNOWS.sure)).step == "known_answer"


def test_the_row_keeps_every_source_and_the_reasons_name_every_question(shop: Shop) -> None:
    invoice = make_article(shop=shop, live=True, question="How do I get an invoice?", answer="By mail.")
    carrier = make_article(shop=shop, live=True, question="Which carrier do you use?", answer="SF Express.")
    visitor = actions.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM).visitor

    actions.hear_customer(
        visitor=visitor,
        client_id=uuid.uuid4(),
        body="Which carrier do you use? And also how do I get an invoice?",
        at=MONDAY_9AM,
    )

    said = Message.objects.get(author=Author.BOT)
    assert [part["article"] for part in said.parts] == [carrier.key, invoice.key]
    assert said.article_version == carrier.live_version
    turn = BotTurn.objects.get()
    assert [part["article"] for part in turn.questions] == [carrier.key, invoice.key]
    assert invoice.key in why(turn)
    assert carrier.key in why(turn)
