import numpy as np
import pytest

from kb.matching.vocabulary import Vocabulary, locate


def test_rare_features_weigh_more_than_common_ones() -> None:
    weighed = Vocabulary.learn([[1, 2], [1, 3], [1, 4]]).weigh([1, 2])

    assert weighed.weights[0] < weighed.weights[1]


def test_weights_have_length_one() -> None:
    weighed = Vocabulary.learn([[1, 2], [1, 3]]).weigh([1, 2, 2, 9])

    assert float(np.square(weighed.weights).sum()) == pytest.approx(1)


def test_the_known_share_falls_with_unseen_features() -> None:
    vocabulary = Vocabulary.learn([[1, 2], [1, 3]])

    assert vocabulary.weigh([1, 2]).known == pytest.approx(1)
    assert 0 < vocabulary.weigh([1, 7]).known < 0.5
    assert vocabulary.weigh([7]).known == 0


def test_an_empty_text_and_an_empty_vocabulary_are_no_trouble() -> None:
    assert len(Vocabulary.learn([]).weigh([]).hashes) == 0
    assert Vocabulary.learn([]).weigh([5]).known == 0


def test_locate_finds_what_is_there_and_nothing_else() -> None:
    places, found = locate(np.array([2, 3, 9], dtype=np.uint32), np.array([1, 2, 9], dtype=np.uint32))

    assert places.tolist() == [1, 2]
    assert found.tolist() == [True, False, True]
