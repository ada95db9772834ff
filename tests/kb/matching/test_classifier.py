import numpy as np
import pytest

from kb.matching import classifier, ngrams
from kb.matching.classifier import Classifier, affordable, train_classifier
from kb.matching.index import Index
from kb.matching.reader import Query
from kb.matching.vocabulary import Vocabulary

TEXTS = [f"{subject} {turn}" for subject in ("roses", "tulips", "cactus") for turn in "abcd"]
OWNERS = np.repeat([0, 1, 2], 4)


def queries(texts: list[str]) -> list[Query]:
    spelling = Vocabulary.learn([ngrams.features(text) for text in TEXTS])
    sound = Vocabulary.learn([])
    return [Query(spelling.weigh(ngrams.features(text)), sound.weigh([]), None) for text in texts]


def trained() -> Classifier:
    return train_classifier(queries(TEXTS), OWNERS, np.ones(12, dtype=np.float32), 3)


def test_it_tells_entries_apart() -> None:
    index = Index.of(queries(TEXTS), OWNERS)

    scores = [trained().scores(index.likeness(query)) for query in queries(["my tulips", "a cactus"])]

    assert np.argmax(scores, axis=1).tolist() == [1, 2]


def test_a_large_shop_trains_on_the_first_texts_of_every_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "_WORK", 9.0 * 9 * 3)

    assert trained().rows.tolist() == [0, 1, 2, 4, 5, 6, 8, 9, 10]


def test_too_few_wordings_or_too_many_entries_are_not_affordable() -> None:
    assert affordable(150, 1500)
    assert affordable(400, 100_000)
    assert not affordable(1, 50)
    assert not affordable(1121, 1227)
    assert not affordable(10_000, 100_000)
