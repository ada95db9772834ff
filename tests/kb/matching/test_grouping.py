"""Questions that ask the same stand together, however few characters they have."""

import pytest

from kb.matching import Entry, train
from kb.matching.grouping import ask_the_same, grouped
from kb.matching.padding import unframed
from kb.matching.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    entries = [
        Entry("invoice", "怎么开发票？", ("可以开发票吗", "发票在哪里申请", "能开专票不")),
        Entry("ship", "多久发货？", ("什么时候能发货", "可以今天发货吗", "几天能寄出")),
        Entry("return", "怎么退货？", ("可以退货吗", "不想要了能退吗", "支持七天无理由不")),
    ]
    return train(entries).knowledge.model.reader


def test_one_wish_in_three_wordings_is_one_group(reader: Reader) -> None:
    asked = ["可以刻字吗", "可以放洗碗机吗", "能帮我刻个名字吗", "支持定制刻字服务不", "支持放洗碗机吗"]

    assert grouped(reader, [], asked) == [0, 1, 0, 0, 1]


def test_a_new_question_joins_the_group_it_is_most_like_on_average(reader: Reader) -> None:
    before = [["可以放洗碗机吗"], ["可以刻字吗", "能帮我刻个名字吗"]]

    assert grouped(reader, before, ["支持刻名字吗", "宠物能用吗"]) == [1, 2]


def test_asking_in_the_same_way_is_not_asking_the_same(reader: Reader) -> None:
    assert not ask_the_same(reader, "可以刻字吗", "可以自提吗")
    assert ask_the_same(reader, "可以刻字吗", "支持刻字服务不")


@pytest.mark.parametrize(
    ("asked", "bare"),
    [
        ("可以刻字吗", "刻字"),
        ("支持定制刻字服务不", "定制刻字"),
        ("能不能", "能不能"),
        ("how long", "how long"),
    ],
)
def test_what_only_says_that_somebody_asks_is_left_out(asked: str, bare: str) -> None:
    assert unframed(asked) == bare
