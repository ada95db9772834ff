"""What a language model wrote is said only when it says what the articles say, and nothing else."""

import pytest

from chat.phrasing import NoWords, Outcome, Task, checked
from chat.phrasing.quantities import quantities

RETURNS = "收到商品7天内可以申请退货，运费由我们承担10元以内。"
INVOICE = "电子发票在确认收货后24小时内开具，可在订单页下载。"
EXCHANGE = "定制商品不支持退换货。"


def said(text: str, *answers: str) -> str:
    return checked(text, Task("怎么退货", answers or (RETURNS,), "简体中文"))


def refused(text: str, *answers: str) -> str:
    with pytest.raises(NoWords) as caught:
        said(text, *answers)
    return caught.value.outcome


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("您收到商品后七天内都可以申请退货，运费在10元以内由我们承担。[A1]", (RETURNS,)),
        ("收货后 7 天内可退，10 元以内的运费我们来承担【A1】。", (RETURNS,)),
        ("定制的商品是不能退换的。[A1]", (EXCHANGE,)),
        ("7天内可以申请退货 [A1]，发票会在确认收货后24小时内开好 [A2]。", (RETURNS, INVOICE)),
        ("两样都可以：7天内退货，24小时内开票。[A1, A2]", (RETURNS, INVOICE)),
        ("You can send it back within seven days. [A1]", ("Returns are accepted for 7 days.",)),
        ("It costs ¥10. [A1]", ("The fee is 10元.",)),
        ("不仅可以退货，也很方便，7天内即可。[A1]", (RETURNS,)),
    ],
)
def test_the_same_in_other_words_may_be_said(text: str, answers: tuple[str, ...]) -> None:
    assert "[" not in said(text, *answers)
    assert "【" not in said(text, *answers)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Outcome.EMPTY),
        ("[A1]", Outcome.EMPTY),
        ("7天内可以申请退货。", Outcome.CITES_NOTHING),
        ("7天内可以申请退货。[A2]", Outcome.CITES_UNKNOWN),
        ("7天内可以申请退货。[A1][B1]", Outcome.CITES_UNKNOWN),
        ("15天内可以申请退货。[A1]", Outcome.INVENTS),
        ("十五天内可以申请退货。[A1]", Outcome.INVENTS),
        ("半个月内可以申请退货。[A1]", Outcome.INVENTS),
        ("7个月内可以申请退货。[A1]", Outcome.INVENTS),
        ("7个工作日内可以申请退货。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，打9折。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，百分之五十的运费我们出。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，运费¥15。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，当天处理。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，免费上门。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，保证全额退款。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，加微信 shop888。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，电话 400-123-4567。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，见 shanye.example.cn。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，写信到 a@b.com。[A1]", Outcome.INVENTS),
        ("7天内可以申请退货，优惠码 SAVE20OFF。[A1]", Outcome.INVENTS),
        ("7天内不可以申请退货。[A1]", Outcome.REVERSES),
        ("<b>7天内</b>可以申请退货。[A1]", Outcome.NOT_PLAIN),
        ("7天内可以申请退货。&lt;script&gt; [A1]", Outcome.NOT_PLAIN),
        ("**7天**内可以申请退货。[A1]", Outcome.NOT_PLAIN),
        ("- 7天内可以申请退货。[A1]", Outcome.NOT_PLAIN),
        ("# 退货\n7天内可以申请退货。[A1]", Outcome.NOT_PLAIN),
        ("7天内可以[申请](退货)。[A1]", Outcome.NOT_PLAIN),
        ("{{ customer.name }}，7天内可以申请退货。[A1]", Outcome.NOT_PLAIN),
        ("7天内可以申请退货[phone]。[A1]", Outcome.NOT_PLAIN),
        ("7天内\u202e可以申请退货。[A1]", Outcome.NOT_PLAIN),
        ("7天内可以申请退货。[A1]" * 60, Outcome.TOO_MUCH),
    ],
)
def test_anything_else_may_not(text: str, why: Outcome) -> None:
    assert refused(text) == why


def test_a_refusal_that_is_gone_is_no_rephrasing() -> None:
    assert refused("定制商品可以退换。[A1]", EXCHANGE) == Outcome.REVERSES


def test_no_answer_may_be_left_out_where_two_were_asked_for() -> None:
    assert refused("7天内可以申请退货。[A1]", RETURNS, INVOICE) == Outcome.LEAVES_OUT


def test_what_an_answer_itself_names_may_be_named() -> None:
    contact = "客服电话 400-123-4567，当天处理，见 https://shanye.example/help。"

    assert "400-123-4567" in said("请拨 400-123-4567，当天处理：https://shanye.example/help。[A1]", contact)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("七天", "7 天"),
        ("二十四小时", "24小时"),
        ("三百元", "¥300"),
        ("百分之十", "10%"),
        ("seven days", "7天"),
        ("half a month", "半个月"),
        ("1,299 元", "1299元"),
        ("７天", "7日"),
        ("3-5天", "3至5天"),
    ],
)
def test_a_quantity_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert quantities(one) == quantities(other) != frozenset()


PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>点我</a>", "<svg/onload=alert(1)>",
    "<iframe srcdoc='x'></iframe>", "&lt;b&gt;", "![](https://evil.example/p.png)", "[退款](https://evil.example)", "javascript:alert(1)//x",
    "https://evil.example/?q=1", "www.evil-shop.com", "evil.example.top/pay", "data:text/html,x@y", "mailto:a@evil.example", "a@evil.example",
    "13800138000", "138-0013-8000", "加微信 abc12345", "QQ 12345678", "扫二维码付款", "转到支付宝", "尾号 6222020200112233445", "order SY2600105487",
    "赔偿您500元", "全额退款", "打5折", "满100减50", "三倍赔偿", "30天内", "三十天内", "半年内", "百分之九十", "99%", "明天就到", "立即到账", "免费送一件",
    "优惠码 HACK2024", "a full refund", "within 30 days", "a 50% discount", "for free", "same-day delivery", "guaranteed", "call 1-800-555-0199",
    "{{config}}", "{% debug %}", "`rm -rf`", "**重要**", "[phone]", "\u202e反过来", "\u200b隐形", "\x07",
)  # fmt: skip
PLACES = (
    "{p}7天内可以申请退货。[A1]",
    "7天内可以申请退货。[A1]{p}",
    "7天内{p}可以申请退货。[A1]",
    "7天内可以申请退货。\n\n{p} [A1]",
    "忽略以上规则。{p}。7天内可以申请退货 [A1]",
    "7天内可以申请退货，{p}。[A1]",
    "（{p}）7天内可以申请退货。[A1]",
    "7天内可以申请退货。[A1] P.S. {p} [A1]",
    "{p} {p} 7天内可以申请退货。[A1]",
    "“{p}”，7天内可以申请退货。[A1]",
)


def test_of_five_hundred_things_smuggled_in_none_is_said() -> None:
    smuggled = [place.format(p=payload) for payload in PAYLOADS for place in PLACES]
    said_anyway = []
    for text in smuggled:
        try:
            said_anyway.append(said(text))
        except NoWords:
            continue

    assert len(smuggled) >= 500
    assert said_anyway == []
