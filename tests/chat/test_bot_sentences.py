"""What customers write, and which step must answer it: tables of sentences in both languages."""

import pytest

from chat.bot.after_sale_kind import requested_kind
from chat.bot.memory import Memory
from chat.bot.pipeline import answer
from chat.bot.turn import Reply, Turn
from tests.chat.bot_world import KnowsNothing, NoOrders

DAMAGED = """
收到的杯子碎了
我收到的台灯是坏的，不亮
买的帐篷拉链坏了
昨天到手的锅有划痕
拿到手发现鞋子开线了
收到的衣服破损了怎么办
我买的充电宝充不了电
包裹打开里面的碗裂了
my mug arrived broken
the lamp i received is damaged
i got a cracked screen, my order 123
I bought a kettle and it doesn't work
""".strip().splitlines()
MISSING = """
收到货少了一件
你们少发了一个配件
漏发了我的手电筒
发错货了
给我寄错颜色，不是我买的
there is a missing item in my parcel
you sent me the wrong size
my order is incomplete
""".strip().splitlines()
LOGISTICS = """
快递三天没动了
我的包裹是不是丢了
显示已签收但是我没收到
物流一直不更新
my parcel is stuck, tracking hasn't moved for a week
it says delivered but I never got it
""".strip().splitlines()
RETURN = """
我要退货
我想退货，不喜欢
帮我申请退货
退货
我要把这个帐篷退掉
I want to return my order
I'd like to send it back
please help me return this tent
""".strip().splitlines()
EXCHANGE = """
我要换货
想换一个大一码的
帮我换个颜色
我要换尺码
I want to exchange it for a larger one
please swap this for blue
""".strip().splitlines()
REFUND = """
我要退款
申请退款
把钱退给我，我要退钱
I want a refund
please refund me
I want my money back
""".strip().splitlines()
# Questions about the rules, and things that only might happen: the knowledge base answers them.
POLICY = """
可以退货吗
退货运费谁出
怎么申请退货
七天无理由退货怎么退
支持换货吗
退款多久到账
退货流程是什么
如果收到的东西坏了怎么办
万一杯子碎了你们赔吗
买了不喜欢的话能退吗
请问可以退换
质量问题包退吗
运费险怎么用
你们的帐篷防水吗
几天发货
can I return this?
how do I return an item?
what is your return policy?
who pays for return shipping
do you refund shipping costs?
what if it arrives broken?
how long does a refund take
is it possible to exchange the size?
""".strip().splitlines()
UPSET = """
我要投诉你们
再不处理我就打12315
不解决就给差评
你们就是骗子
太差了，再也不买了
气死我了
什么破店
this is a scam
I want to make a complaint
worst service ever
I will call my lawyer
this is ridiculous
""".strip().splitlines()
PERSON = """
转人工
人工客服
我要人工
找真人
帮我转一下人工
有没有真人啊
有真人吗
有人工吗
转接客服
找你们主管
叫你们客服转人工来
我不想跟机器人说话
I want to talk to a real person
human please
can I speak to someone?
connect me to an agent
""".strip().splitlines()
WHERE = """
我的快递到哪了
我的包裹怎么还没到
查一下物流
帮我查订单
我的订单什么时候发货
怎么还没收到货
我的东西到哪里了
物流信息
催一下发货
where is my order
track my parcel
has my package shipped yet?
when will my order arrive?
I haven't received my parcel
""".strip().splitlines()
SMALL_TALK = """
你好
您好！
在吗
你好，在吗？
hi
Hello!!
good morning
谢谢
好的，谢谢你
多谢了
thank you so much
再见
拜拜
没事了
goodbye
""".strip().splitlines()
# Nothing of the above: goes to the articles.
NEITHER = """
垃圾袋有大号的吗
你们有人工智能音箱吗
这个饼干有人工色素吗
手工皂的成分
帐篷可以住几个人
发票怎么开
优惠券怎么用
what material is the tent made of
do you have gift wrapping
""".strip().splitlines()


def reply_to(text: str, **turn: object) -> Reply:
    made = {"knowledge": KnowsNothing(), "orders": NoOrders(), "memory": Memory()} | turn
    reply = answer(Turn(text=text, **made))  # type: ignore[arg-type]
    assert reply is not None
    return reply


@pytest.mark.parametrize("text", DAMAGED)
def test_damaged_goods(text: str) -> None:
    assert requested_kind(text) == "damaged"


@pytest.mark.parametrize("text", MISSING)
def test_missing_goods(text: str) -> None:
    assert requested_kind(text) == "missing"


@pytest.mark.parametrize("text", LOGISTICS)
def test_parcels_in_trouble(text: str) -> None:
    assert requested_kind(text) == "logistics"


@pytest.mark.parametrize("text", RETURN)
def test_returns(text: str) -> None:
    assert requested_kind(text) == "return"


@pytest.mark.parametrize("text", EXCHANGE)
def test_exchanges(text: str) -> None:
    assert requested_kind(text) == "exchange"


@pytest.mark.parametrize("text", REFUND)
def test_refunds(text: str) -> None:
    assert requested_kind(text) == "refund"


@pytest.mark.parametrize("text", POLICY + NEITHER)
def test_questions_are_left_to_the_articles(text: str) -> None:
    reply = reply_to(text)

    assert (reply.step, requested_kind(text)) == ("nothing_known", None)


@pytest.mark.parametrize("text", UPSET)
def test_upset_customers_go_to_a_person(text: str) -> None:
    reply = reply_to(text)

    assert (reply.step, reply.hand_over) == ("upset", "negative_emotion")


@pytest.mark.parametrize("text", PERSON)
def test_who_asks_for_a_person_gets_one(text: str) -> None:
    reply = reply_to(text)

    assert (reply.step, reply.hand_over) == ("wants_person", "customer_request")


@pytest.mark.parametrize("text", WHERE)
def test_questions_about_ones_own_order(text: str) -> None:
    assert reply_to(text).step == "order_status"


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_is_answered_in_kind(text: str) -> None:
    assert reply_to(text).step == "small_talk"


@pytest.mark.parametrize("text", DAMAGED + MISSING + LOGISTICS + RETURN + EXCHANGE + REFUND)
def test_every_request_starts_a_form(text: str) -> None:
    reply = reply_to(text)

    assert (reply.step, reply.decision) == ("after_sale", "ask")
