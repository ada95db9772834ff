import pytest

from kb.matching import Decision, Entry, Matcher, train
from tests.kb.matching.shop import DELIVERY, GARDEN_SHOP, RETURNS, WATERING


def best(matcher: Matcher, text: str) -> str:
    return matcher.match(text).candidates[0].id


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("I would like to return my spade", "returns"),
        ("when does my parcel come", "delivery"),
        ("发票怎么开啊", "invoice"),
        ("退款几天能到", "refund"),
        ("how much water does the fern need", "watering"),
    ],
)
def test_customers_find_the_entry_in_their_own_words(garden: Matcher, text: str, entry: str) -> None:
    assert best(garden, text) == entry


@pytest.mark.parametrize(
    ("text", "entry"),
    [("my package has not come yet", "delivery"), ("how do I track my package", "delivery")],
)
def test_sentence_vectors_understand_other_words(garden_with_vectors: Matcher, text: str, entry: str) -> None:
    assert best(garden_with_vectors, text) == entry


def test_a_typing_error_by_sound_is_heard(garden: Matcher) -> None:
    assert best(garden, "开法漂") == "invoice"


def test_traditional_characters_are_read(garden: Matcher) -> None:
    assert best(garden, "退款還沒收到呢") == "refund"


def test_a_wording_is_answered_word_for_word(garden: Matcher) -> None:
    match = garden.match("退款要几天？？")

    assert (match.method, match.decision, match.candidates[0].id) == ("exact", Decision.ANSWER, "refund")


def test_a_message_about_something_else_is_not_answered(garden_with_vectors: Matcher) -> None:
    for text in ("who painted the Sistine Chapel", "明天会下雨吗", "asdkjh qwe"):
        assert garden_with_vectors.match(text).decision is not Decision.ANSWER


def test_candidates_are_sorted_and_their_confidences_are_chances(garden: Matcher) -> None:
    for text in ("return my fern", "退货退款", "parcel", "zzz"):
        confidences = [candidate.confidence for candidate in garden.match(text).candidates]

        assert len(confidences) >= 3
        assert confidences == sorted(confidences, reverse=True)
        assert all(0 <= confidence <= 1 for confidence in confidences)


@pytest.mark.parametrize("text", ["", "   ", "？？？", "😀"])
def test_a_message_without_words_is_handed_over(garden: Matcher, text: str) -> None:
    match = garden.match(text)

    assert (match.decision, match.candidates, match.method) == (Decision.HAND_OVER, (), "nothing")


def test_a_very_long_message_is_read(garden: Matcher) -> None:
    assert best(garden, "return my spade " * 500) == "returns"


@pytest.mark.parametrize("use_vectors", [True, False])
@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_the_smallest_shops_work(size: int, use_vectors: bool) -> None:
    matcher = train(GARDEN_SHOP[:size], use_vectors=use_vectors)

    assert len(matcher.match("something about my parcel").candidates) == size


def test_entries_with_nothing_but_a_title_work() -> None:
    matcher = train(
        [Entry("a", "Opening hours"), Entry("b", "Gift cards"), Entry("c", "营业时间")], use_vectors=False
    )

    assert best(matcher, "do you have gift cards") == "b"
    assert matcher.report.judged == 0


def test_a_single_entry_does_not_answer_everything() -> None:
    matcher = train([RETURNS])

    assert matcher.match("tell me about the moon landing").decision is not Decision.ANSWER


def test_rejected_messages_are_handed_over() -> None:
    rejects = (
        "do you sell puppies",
        "can I buy a puppy here",
        "puppies for sale?",
        "a puppy please",
        "sell me a puppy",
    )
    matcher = train(GARDEN_SHOP, rejects=rejects, use_vectors=False)

    for text in ("do you sell puppies", "could I buy puppies from you"):
        match = matcher.match(text)
        assert match.decision is Decision.HAND_OVER
        assert "" not in [candidate.id for candidate in match.candidates]


def test_a_negative_rules_its_entry_out() -> None:
    strict = Entry(
        "watering", WATERING.question, WATERING.phrasings, negatives=("how much water for my lawn",)
    )
    matcher = train([RETURNS, DELIVERY, strict], use_vectors=False)

    match = matcher.match("how much water for my lawn")

    assert "watering" not in [candidate.id for candidate in match.candidates]


def test_the_shops_synonyms_hold_for_wordings_and_messages() -> None:
    matcher = train(GARDEN_SHOP, synonyms={"box": "parcel"}, use_vectors=False)

    assert matcher.match("where is my box").method == "exact"


def test_the_turn_before_completes_a_short_message(garden: Matcher) -> None:
    match = garden.match("那要多久", previous="退款还没收到")

    assert match.candidates[0].id == "refund"


def test_training_is_repeatable() -> None:
    first, second = train(GARDEN_SHOP, use_vectors=False), train(GARDEN_SHOP, use_vectors=False)

    assert first.match("return a plant") == second.match("return a plant")
    assert first.thresholds == second.thresholds


def test_the_report_says_what_was_found(garden: Matcher) -> None:
    report = garden.report

    assert report.judged == sum(len(entry.wordings) for entry in GARDEN_SHOP)
    assert 0 < report.accuracy <= 1
    assert report.asked_precision == 0.95
    assert 0 <= garden.thresholds.offer <= garden.thresholds.answer <= 1


def test_a_stricter_precision_never_lowers_the_threshold() -> None:
    lax = train(GARDEN_SHOP, use_vectors=False, answer_precision=0.8)
    strict = train(GARDEN_SHOP, use_vectors=False, answer_precision=0.99)

    assert lax.thresholds.answer <= strict.thresholds.answer


def test_it_works_without_the_encoder(without_encoder: object) -> None:
    matcher = train(GARDEN_SHOP)

    assert best(matcher, "I would like to return my spade") == "returns"
