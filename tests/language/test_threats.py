"""Overt threats are heard; everyday questions with the same words are not."""

import timeit

import pytest

from cscore.language.displeasure import THRESHOLD, Behaviour, shipped, threatens
from cscore.language.displeasure.ngrams import MOST_CHARACTERS
from tests.language.own_lines import own_lines


def score(text: str) -> float:
    return shipped().score(Behaviour(text))


def test_nearly_every_overt_threat_of_our_list_is_heard() -> None:
    threats = own_lines("threats")
    heard = sum(map(threatens, threats))

    assert len(threats) >= 150
    assert heard / len(threats) >= 0.98


def test_most_threats_that_the_rules_were_not_written_for_are_heard() -> None:
    threats = own_lines("threats_unseen")

    assert sum(score(text) >= THRESHOLD for text in threats) / len(threats) >= 0.8


@pytest.mark.parametrize(
    "text", ["准备好应诉吧", "本地论坛我也会发", "追加差评，永远不删", "我有记者朋友", "我要走仲裁"]
)
def test_threats_of_these_families_are_heard(text: str) -> None:
    assert threatens(text)


@pytest.mark.parametrize(
    "text", ["公安局旁边那个地址能送吗", "投影仪的曝光怎么调", "Is there a parking lot at your shop?"]
)
def test_a_place_and_a_setting_are_no_threat_and_sound_calm(text: str) -> None:
    assert not threatens(text)
    assert score(text) < THRESHOLD


def test_hardly_a_neutral_line_is_taken_for_a_threat() -> None:
    neutral = own_lines("neutral")

    assert len(neutral) >= 300
    assert sum(map(threatens, neutral)) / len(neutral) <= 0.01


@pytest.mark.parametrize(
    "text",
    [
        "怎么投诉快递公司",
        "我不是要投诉",
        "差评怎么改",
        "律师证皮套多少钱",
        "一星期能到吗",
        "订单号是12315678",
        "https://shop.example/315",
    ],
)
def test_the_same_words_asked_calmly_are_no_threat(text: str) -> None:
    assert not threatens(text)


@pytest.mark.parametrize("text", ["我要投 诉", "tousu你们", "１２３１５见", "1 2 3 1 5 见", "I’LL SUE YOU"])
def test_a_threat_is_heard_however_it_is_spelled(text: str) -> None:
    assert threatens(text)


@pytest.mark.parametrize("unit", ["给你们一个", "打", "i will ", "工号"])
def test_ten_times_as_much_text_takes_about_ten_times_as_long(unit: str) -> None:
    """A pattern that goes back over the text would take a hundred times as long. Both are taken in this run, the best
    of five, so that a busy machine does not matter."""
    short, long = (unit * 30)[: MOST_CHARACTERS // 10], (unit * 300)[:MOST_CHARACTERS]

    assert _seconds(long) < 40 * _seconds(short)


def _seconds(text: str) -> float:
    return min(timeit.repeat(lambda: threatens(text), number=20, repeat=5))
