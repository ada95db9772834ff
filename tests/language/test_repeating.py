"""When a customer asks the same again."""

import pytest

from cscore.language.displeasure.similarity import SAME_QUESTION, most_similar


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("退款什么时候到账", "退款什么时候到"),
        ("Where is my order??", "where is my order"),
        ("订单１２３到哪了", "订单456到哪了"),
    ],
)
def test_the_same_question_in_nearly_the_same_words_counts(text: str, earlier: str) -> None:
    assert most_similar(text, ["你好", earlier]) > SAME_QUESTION


@pytest.mark.parametrize(
    ("text", "earlier"), [("好的", "好的"), ("退款什么时候到账", "能开发票吗"), ("在吗", "在吗")]
)
def test_short_answers_and_other_questions_do_not(text: str, earlier: str) -> None:
    assert most_similar(text, [earlier]) <= SAME_QUESTION


def test_who_said_nothing_before_repeats_nothing() -> None:
    assert most_similar("退款什么时候到账", []) == 0
