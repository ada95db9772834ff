import pytest

from kb.matching.normalise import Normaliser

plain = Normaliser()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＢＩＧ　Garden", "big garden"),
        ("退\u200b货", "退货"),
        ("我要退貨", "我要退货"),
        ("see https://shop.example/a?b=1 now", "see ~url now"),
        ("mail jo.doe@shop.example", "mail ~mail"),
        ("打13812345678给我", "打 ~phone 给我"),
        ("where is order AB-20240001", "where is order ~order"),
        ("I paid 12.50", "i paid ~number"),
        ("a bill for Mrs. Miller", "a bill for ~name"),
        ("这个怎么用[微笑]", "这个怎么用"),
    ],
)
def test_spellings_of_one_thing_become_one(written: str, read: str) -> None:
    assert plain(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("亲，你好，请问怎么退货呢？谢谢", "怎么退货"),
        ("Hello, could you help me to cancel my order please", "cancel my order"),
        ("i don't know how to return it", "return it"),
        ("where is my damn parcel", "where is my parcel"),
    ],
)
def test_padding_is_no_part_of_a_question(written: str, read: str) -> None:
    assert plain(written) == read


@pytest.mark.parametrize("greeting", ["你好", "hello", "谢谢", "please", "???", ""])
def test_a_text_of_nothing_but_padding_keeps_its_words(greeting: str) -> None:
    assert plain(greeting) == greeting


def test_verbs_that_only_look_like_padding_stay() -> None:
    assert plain("do you support gift cards") == "do you support gift cards"
    assert plain("help") == "help"


def test_the_shop_maps_its_own_words_to_one() -> None:
    shop = Normaliser({"快递": "物流", "包裹": "物流", "tee": "shirt"})

    assert shop("我的快递呢") == shop("我的包裹呢") == "我的物流"
    assert shop("a TEE with guarantee") == "a shirt with guarantee"


def test_the_longest_synonym_wins() -> None:
    assert Normaliser({"快递": "物流", "快递单号": "单号"})("快递单号") == "单号"


def test_keys_differ_in_words_but_not_in_punctuation() -> None:
    assert plain.key("退款，多久到账？") == plain.key("退款 多久到账!")
    assert plain.key("退款多久到账") != plain.key("退货多久到账")
