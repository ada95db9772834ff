import numpy as np
import pytest

from kb.matching.postings import Postings
from kb.matching.vocabulary import Vocabulary

TEXTS = [[1, 2, 3], [2, 4], [5], []]


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary.learn(TEXTS)


def test_products_are_those_of_the_dense_rows(vocabulary: Vocabulary) -> None:
    weighed = [vocabulary.weigh(text) for text in TEXTS]
    query = vocabulary.weigh([2, 3, 77])

    products = Postings.of(weighed).products(query)

    def product(row: int) -> float:
        shared = dict(zip(weighed[row].hashes.tolist(), weighed[row].weights.tolist(), strict=True))
        pairs = zip(query.hashes.tolist(), query.weights.tolist(), strict=True)
        return sum(shared.get(hashed, 0.0) * weight for hashed, weight in pairs)

    assert products == pytest.approx([product(row) for row in range(4)])


def test_many_rows_are_summed_as_few_are() -> None:
    vocabulary = Vocabulary.learn(TEXTS)
    few = [vocabulary.weigh(text) for text in TEXTS]
    many = Postings.of(few * 8_000)
    query = vocabulary.weigh([1, 2, 4])

    np.testing.assert_allclose(
        many.products(query), np.tile(Postings.of(few).products(query), 8_000), atol=1e-6
    )


def test_a_block_is_the_products_of_its_rows(vocabulary: Vocabulary) -> None:
    weighed = [vocabulary.weigh(text) for text in TEXTS]
    postings = Postings.of(weighed)

    block = postings.block(slice(1, 3))

    np.testing.assert_allclose(block, [postings.products(text) for text in weighed[1:3]], atol=1e-6)


def test_nothing_is_like_nothing(vocabulary: Vocabulary) -> None:
    assert Postings.of([]).products(vocabulary.weigh([1])).shape == (0,)
    assert Postings.of([vocabulary.weigh([1])]).products(vocabulary.weigh([])).tolist() == [0]
