import pytest

from cscore.compliance.template import BadTemplate, compile_template
from tests.compliance.rulebook import places


def test_choices_are_written_out_and_one_may_be_empty() -> None:
    assert places("加我QQ 加一下qq 加qq", "加(我|一下|)qq") == ["加我QQ", "加一下qq", "加qq"]


def test_a_gap_reaches_as_far_as_it_says_and_no_further() -> None:
    assert places("好评之后返现", "好评{0-2}返现") == ["好评之后返现"]
    assert places("好评之后我返现", "好评{0-2}返现") == []
    assert places("好评返现", "好评{1-2}返现") == []


def test_a_gap_crosses_a_comma_but_not_the_end_of_a_sentence() -> None:
    assert places("给个好评，返您三元", "好评{0-8}返") == ["好评，返"]
    assert places("谢谢好评。返厂需要七天", "好评{0-8}返") == []


def test_a_chain_of_steps_takes_the_shortest_way() -> None:
    assert places("好评好评后返返现", "好评{0-4}返{0-4}现") == ["好评后返返现"]


def test_a_number_has_a_kind_and_a_length() -> None:
    assert places("QQ：123456", "qq{digits:5-11}") == ["QQ：123456"]
    assert places("QQ：1234", "qq{digits:5-11}") == []
    assert places("返三元", "返{amount}元") == ["返三元"]
    assert places("号是 abc_12345 吧", "号是{account:5-20}") == ["号是 abc_12345"]


def test_more_choices_than_can_be_written_out_become_steps() -> None:
    letters = "|".join("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地")

    steps = compile_template(f"({letters})({letters})({letters})")

    assert [len(step.words) for step in steps] == [24, 24, 24]
    assert places("甲乙丙", f"({letters})({letters})({letters})") == ["甲乙丙"]


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "，",
        "{0-3}好",
        "好{0-3}",
        "好{0-3}{0-3}评",
        "好{3-0}评",
        "好{0-99}评",
        "好{nothing}",
        "好(评",
        "好|评",
        "((好))",
        "(好|)",
        "好{0-1}" * 7 + "评",
        "好" * 501,
        f"({'|'.join('字' for _ in range(240))})({'|'.join('字' for _ in range(240))}|{'|'.join('字' for _ in range(20))})"
        * 2,
    ],
)
def test_a_template_that_cannot_be_read_in_linear_time_is_refused_with_a_reason(bad: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        compile_template(bad)

    assert refused.value.reason


def test_the_signs_of_regular_expressions_mean_nothing() -> None:
    assert places("a+b", "(a|b)+") == ["a+"]
    assert places("aaaa", "a.*") == []
