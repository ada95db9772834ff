import pytest

from kb.matching.context import completed, leans


@pytest.mark.parametrize(
    "text",
    [
        "多久",
        "那个呢",
        "这个可以退吗",
        "and that one?",
        "how long",
        "it is broken again today",
    ],
)
def test_short_and_pointing_messages_lean_on_the_turn_before(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "退款一般多久能到账呢",
        "这个可以退吗我想换一件大一点的",
        "how long does delivery take",
        "it is broken again since last week",
    ],
)
def test_a_whole_question_stands_alone(text: str) -> None:
    assert completed(text, "发票怎么开") == text


def test_the_turn_before_completes_a_leaning_message() -> None:
    assert completed("多久", "退款到账") == "退款到账\n多久"
    assert completed("多久", " ") == "多久"
