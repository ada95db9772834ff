import numpy as np

from kb.matching.ranked import NAMED, Ranked


def test_the_likeliest_are_found_in_order_among_thousands() -> None:
    chances = np.random.default_rng(0).random(5_000).astype(np.float32)

    ranked = Ranked.of(np.arange(5_000), chances, 1.0)

    assert list(ranked.best) == np.argsort(-chances)[: NAMED + 1].tolist()


def test_of_equal_chances_the_first_comes_first() -> None:
    chances = np.full(40, 0.02, dtype=np.float32)
    chances[30] = 0.2

    ranked = Ranked.of(np.arange(40), chances, 1.0)

    assert ranked.best == (30, *range(NAMED))


def test_few_are_ranked_whole() -> None:
    ranked = Ranked.of(np.array([4, 7]), np.array([0.3, 0.7], dtype=np.float32), 1.0)

    assert ranked.best == (1, 0)
