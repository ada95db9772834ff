import numpy as np

from kb.matching import Entry
from kb.matching.crowding import crowding
from kb.matching.lesson import REJECT, Lesson, flat
from kb.matching.normalise import Normaliser
from kb.matching.reader import Query, Reader
from kb.matching.shelf import Shelf

SOIL = Entry("soil", "which soil for roses", ("rose soil",), "Use loose soil.", ("is soil poisonous",))
POTS = Entry("pots", "which pot for roses")


def a_shelf(*entries: Entry, rejects: tuple[str, ...] = ()) -> tuple[Shelf, Reader]:
    lesson = Lesson.of(entries, rejects)
    reader = Reader.learn(flat(lesson.wordings), Normaliser(), use_vectors=False)
    return Shelf.of(lesson, reader), reader


def asked(reader: Reader, text: str) -> Query:
    return reader.read([text])[0]


def test_the_nearest_wording_speaks_for_its_entry() -> None:
    shelf, reader = a_shelf(SOIL, POTS)

    likeness = shelf.find(asked(reader, "rose soil")).likeness

    assert likeness[0] > 0.7
    assert likeness[0] > likeness[1]


def test_an_entry_without_wordings_is_never_possible() -> None:
    shelf, reader = a_shelf(SOIL, Entry("blank", " "))

    assert shelf.find(asked(reader, "rose soil")).possible.tolist() == [True, False]


def test_a_nearer_negative_rules_an_entry_out() -> None:
    shelf, reader = a_shelf(SOIL, POTS)

    assert shelf.find(asked(reader, "is soil poisonous?")).possible.tolist() == [False, True]


def test_answers_are_compared_after_the_wordings() -> None:
    shelf, reader = a_shelf(SOIL, POTS)

    texts = shelf.find(asked(reader, "use loose soil")).texts

    assert len(texts) == 4
    assert texts.argmax() == 3


def test_rejected_messages_stand_last_under_a_name_of_their_own() -> None:
    shelf, _ = a_shelf(SOIL, rejects=("sing a song", "sing a song"))

    assert shelf.ids == ("soil", REJECT)
    assert shelf.wordings.owners.tolist() == [0, 0, 1]


def test_a_wording_near_to_everything_is_handicapped() -> None:
    plants = [f"plant {letter}{letter}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    pests = [f"{letter}{letter}{letter} snails" for letter in "abcdefghijklmnopqrstuvwxyz"]
    entries = [Entry(text, text) for text in (*plants, *pests, "entirely different matter")]
    shelf, _ = a_shelf(*entries)

    handicap = crowding(shelf.wordings)

    assert handicap is not None
    assert handicap.argmin() == len(entries) - 1
    assert abs(float(handicap.mean())) < 1e-6


def test_a_small_shop_has_no_crowd() -> None:
    shelf, _ = a_shelf(SOIL, POTS)

    assert crowding(shelf.wordings) is None


def test_likeness_is_the_same_one_by_one_and_in_blocks() -> None:
    shelf, reader = a_shelf(SOIL, POTS)

    block = shelf.wordings.block(slice(None))

    singly = [
        shelf.wordings.likeness(query)
        for query in reader.read(["which soil for roses", "rose soil", "which pot for roses"])
    ]
    np.testing.assert_allclose(block, singly, atol=1e-6)
