import pytest
from django.test import Client

from cscore.accounts.models import User


@pytest.fixture
def analyst(zhou: User) -> Client:
    """Zhou's browser, in English, so that tests can read what pages say."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(zhou)
    return client
