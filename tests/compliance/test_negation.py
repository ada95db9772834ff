import pytest

from tests.compliance.rulebook import places


@pytest.mark.parametrize(
    "denied",
    ["我们不能保证治愈", "本品没有治愈的作用", "请勿相信治愈", "治愈是不可以说的", "宣传治愈属于违规"],
)
def test_a_denied_word_is_lawful(denied: str) -> None:
    assert places(denied, "治愈", negation=8) == []


@pytest.mark.parametrize(
    "said", ["不仅治愈", "非常快治愈", "您别犹豫，治愈很快", "不好意思治愈", "特别容易治愈"]
)
def test_a_word_that_only_looks_like_a_negation_denies_nothing(said: str) -> None:
    assert places(said, "治愈", negation=8) == ["治愈"]


def test_a_negation_reaches_no_further_than_its_window_and_its_clause() -> None:
    assert places("不是说这个产品能治愈", "治愈", negation=3) == ["治愈"]
    assert places("不贵，能治愈", "治愈", negation=8) == ["治愈"]


def test_a_rule_without_a_window_knows_no_excuse() -> None:
    assert places("不能保证治愈", "治愈") == ["治愈"]
