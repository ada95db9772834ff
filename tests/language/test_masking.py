"""What leaves the house names nobody."""

import random

import pytest

from cscore.language.masking import masked

SURNAMES = "王李张刘陈杨黄赵吴周"
STREETS = ("中山北路", "人民路", "长安街", "建设大道", "文一西路")
PLACES = ("浙江省杭州市西湖区", "广东省深圳市南山区", "北京市朝阳区", "上海市浦东新区", "四川省成都市武侯区")
AROUND = ("我的是{}", "{}", "麻烦寄到{}谢谢", "please use {} thanks", "电话{},谢谢", "请问{}可以吗？")


def mobile(dice: random.Random) -> str:
    number = "1" + dice.choice("3456789") + "".join(dice.choices("0123456789", k=9))
    return dice.choice(
        [
            number,
            f"{number[:3]} {number[3:7]} {number[7:]}",
            f"{number[:3]}-{number[3:7]}-{number[7:]}",
            f"+86 {number}",
            f"86{number}",
        ]
    )


def identity_card(dice: random.Random) -> str:
    born = f"{dice.randint(1950, 2005)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    return f"{dice.randint(110000, 659999)}{born}{dice.randint(0, 999):03}{dice.choice('0123456789X')}"


def bank_card(dice: random.Random) -> str:
    digits = "62" + "".join(dice.choices("0123456789", k=dice.choice([14, 17])))
    return dice.choice([digits, " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))])


def address(dice: random.Random) -> str:
    street = f"{dice.choice(STREETS)}{dice.randint(1, 999)}号"
    return dice.choice(
        [f"{dice.choice(PLACES)}{street}{dice.randint(1, 30)}栋{dice.randint(101, 2500)}室", street]
    )


def mail(dice: random.Random) -> str:
    name = "".join(dice.choices("abcdefghijklmnop0123456789._", k=8)).strip(".") or "a"
    return f"x{name}@{dice.choice(['qq.com', '163.com', 'mail.example.org'])}"


def telling(text: str) -> list[str]:
    """The pieces by which somebody could be found."""
    digits = "".join(character for character in text if character.isdigit())
    return [text, *([digits[-6:]] if len(digits) >= 8 else [])]


@pytest.mark.parametrize("kind", [mobile, identity_card, bank_card, address, mail])
def test_two_hundred_of_each_kind_are_masked_wherever_they_stand(kind: object) -> None:
    dice = random.Random(7)
    shown = []
    for _ in range(200):
        secret = kind(dice)
        said = masked(dice.choice(AROUND).format(secret))
        bare = said.replace(" ", "").replace("-", "")
        shown += [(secret, said) for piece in telling(secret) if piece in said or piece in bare]

    assert shown == []


def test_the_names_that_are_known_are_masked() -> None:
    assert masked("我是李梅，李梅的快递", names=["李梅"]) == "我是[name]，[name]的快递".replace("，", ",")
    assert "李梅" not in masked("收件人：李梅，怎么改")


@pytest.mark.parametrize(
    "text",
    [
        "怎么退货？",
        "满300减50的券7天内还能用吗",
        "How long does delivery take?",
        "这个帐篷能住3-4个人吗，2米高够不够",
        "我想问一下什么时候发货",
        "Does the 1299 tent come in 2024 colours?",
    ],
)
def test_a_question_without_anything_personal_stays_as_it_is(text: str) -> None:
    assert masked(text) == text
