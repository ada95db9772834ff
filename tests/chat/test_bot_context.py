"""A short message is understood by the turn before, but never takes its answer for nothing."""

from functools import cache

from kb.live import Knowledge
from kb.matching import Entry, train
from kb.queries import Edition, LiveAnswer
from tests.chat.bot_world import Owns, order
from tests.chat.test_bot_dialogues import Dialogue

WORDS = {
    "wash-wool": (
        "羊毛毯可以机洗吗",
        ("毯子能放洗衣机吗", "羊毛毯怎么洗", "毯子脏了怎么清洗", "可以水洗毯子吗", "毯子洗涤方法"),
    ),
    "refund-when": (
        "退款多久到账",
        ("退的钱什么时候到", "退款几天能收到", "钱什么时候退回来", "退款到账时间", "退款要等几天"),
    ),
    "freight": (
        "退货运费谁出",
        ("退回去邮费谁承担", "退货要我付运费吗", "寄回运费怎么算", "退换货邮费", "退货包邮吗"),
    ),
    "size": (
        "冲锋衣怎么选尺码",
        ("冲锋衣尺码表", "身高体重穿多大冲锋衣", "冲锋衣选什么码", "冲锋衣L码适合多高", "外套尺码怎么挑"),
    ),
}


@cache
def knowledge() -> Knowledge:
    entries = [Entry(key, question, phrasings) for key, (question, phrasings) in WORDS.items()]
    answers = {
        entry.id: LiveAnswer(entry.id, number, 1, entry.question, f"answer of {entry.id}")
        for number, entry in enumerate(entries, start=1)
    }
    return Knowledge(Edition(release=1, trained=1), train(entries), answers)


def test_nonsense_after_an_answer_is_not_answered_with_it_again() -> None:
    talk = Dialogue(knowledge=knowledge())

    first, then = talk.say("羊毛毯可以机洗吗"), talk.say("asdfqwer")

    assert first.body == "answer of wash-wool"
    assert "answer of" not in then.body


def test_a_short_question_that_adds_a_matter_is_understood_by_the_turn_before() -> None:
    talk = Dialogue(knowledge=knowledge())
    talk.say("羊毛毯可以机洗吗")

    assert talk.say("退货运费谁出").body == "answer of freight"


def test_the_very_same_question_again_gets_its_answer_and_the_offer_of_a_person() -> None:
    talk = Dialogue(knowledge=knowledge())
    talk.say("退款多久到账")

    again = talk.say("退款多久到账")

    assert again.body.startswith("answer of refund-when")
    assert again.body != "answer of refund-when"


def test_a_chosen_order_is_no_question_that_the_next_message_leans_on() -> None:
    talk = Dialogue(knowledge=knowledge(), orders=Owns([order("A1000001"), order("A1000002", id=2)]))
    talk.say("where is my parcel")

    talk.choose("order:A1000001")

    assert talk.memory.last_text == "where is my parcel"
    assert talk.say("退货运费谁出").body == "answer of freight"
