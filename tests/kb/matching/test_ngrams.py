from kb.matching.ngrams import features, sounds


def test_texts_share_the_features_of_the_words_they_share() -> None:
    assert set(features("怎么退货")) & set(features("我要退货"))
    assert not set(features("怎么退货")) & set(features("return"))


def test_a_typing_error_leaves_most_features_of_a_latin_word() -> None:
    right, wrong = set(features("delivery")), set(features("delivary"))

    assert len(right & wrong) > len(right) / 2


def test_a_mask_is_one_word_and_nothing_else() -> None:
    assert len(features("~order")) == 1


def test_words_that_sound_alike_have_the_same_sounds() -> None:
    assert sounds("发票") == sounds("发漂")
    assert sounds("退款") != sounds("发货")


def test_nasals_and_retroflexes_are_heard_as_one() -> None:
    assert sounds("成功") == sounds("岑功")


def test_latin_text_and_single_characters_make_no_sound() -> None:
    assert sounds("delivery") == sounds("退") == []


def test_loose_chinese_is_characters_alone_and_latin_stays_as_it_is() -> None:
    assert set(features("退货", loose=True)) == {*features("退"), *features("货")} & set(features("退货"))
    assert features("return it", loose=True) == features("return it")
