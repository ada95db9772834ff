import pytest

from cscore.compliance.folding import fold, sentences
from tests.compliance.rulebook import places


@pytest.mark.parametrize(
    "disguised",
    [
        "加微信",
        "加·微·信",
        "加 微 信",
        "加微 信",
        "加-微-信",
        "加\u200b微\u200b信",
        "加*微*信",
        "加。微。信",
        "加（微）信",
        "加微訊信"[:2] + "信",
        "加薇信",
        "加威信",
        "加VX",
        "加ｖｘ",
        "加v信",
        "+wx",
        "➕微信",
        "jia微信",
    ],
)
def test_a_disguised_word_is_found_where_it_stands(disguised: str) -> None:
    assert places(f"亲，{disguised}，发图给您", "加微信") == [disguised]


@pytest.mark.parametrize(
    "innocent",
    [
        "请您先加，微信支付也行",
        "增加。微信也可以付款",
        "加好了\n微信支付",
        "很好 评价一下",
        "devxyz",
        "tvx300",
    ],
)
def test_pieces_of_two_words_are_not_one(innocent: str) -> None:
    assert places(innocent, "加微信", "好评", "vx") == []


def test_traditional_characters_and_full_width_letters_read_as_the_plain_ones() -> None:
    assert places("治療ＡＢＣ", "治疗abc") == ["治療ＡＢＣ"]


def test_a_number_ends_where_its_digits_end() -> None:
    assert places("共1000%和100%有效", "100%") == ["100%"]


def test_places_refer_to_the_original_text() -> None:
    folded = fold("㈠是 第①！")

    assert folded.text == "一是第1"
    assert folded.place(0, 1) == (0, 1)
    assert folded.place(2, 4) == (3, 5)


def test_a_text_parts_into_sentences_unless_every_character_is_one() -> None:
    assert [part.text for part in sentences("您好。请稍等！\n谢谢")] == ["您好", "请稍等", "谢谢"]
    assert [part.text for part in sentences("加。微。信")] == ["加微信"]
    assert list(sentences("。！\u200b ")) == []
