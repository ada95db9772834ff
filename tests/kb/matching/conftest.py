from collections.abc import Callable

import pytest

from kb.matching import Matcher, train, vectors
from tests.kb.matching.shop import GARDEN_SHOP


@pytest.fixture(scope="session")
def garden() -> Matcher:
    """The garden shop's matcher, without sentence vectors."""
    return train(GARDEN_SHOP, use_vectors=False)


@pytest.fixture(scope="session")
def garden_with_vectors() -> Matcher:
    """The garden shop's matcher, with sentence vectors."""
    return train(GARDEN_SHOP)


@pytest.fixture
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """A machine where the sentence encoder is not installed."""
    monkeypatch.setattr(vectors, "available", lambda: False)
    return vectors.available
