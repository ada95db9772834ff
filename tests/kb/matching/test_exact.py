from kb.matching import Entry
from kb.matching.exact import ExactMap
from kb.matching.normalise import Normaliser

PLAIN = Normaliser()
SIZES = Entry("sizes", "Which size fits?", ("which size", "size chart"))
CARE = Entry("care", "How do I wash it?", ("which size",))


def test_one_owner_is_found_and_two_are_not() -> None:
    exact = ExactMap.of([SIZES, CARE], PLAIN)

    assert exact.find(PLAIN.key("SIZE CHART!")) == "sizes"
    assert exact.find(PLAIN.key("which size")) is None


def test_forgetting_one_owner_leaves_the_other() -> None:
    exact = ExactMap.of([SIZES, CARE], PLAIN).without({"sizes"})

    assert exact.find("which size") == "care"
    assert exact.find("size chart") is None


def test_punctuation_alone_is_no_wording() -> None:
    assert ExactMap.of([Entry("odd", "???", ())], PLAIN).owners == {}
