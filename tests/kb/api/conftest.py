"""An ERP with a token of every scope, made by the shop's administrator."""

import pytest
from django.test import Client

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from tests.factories import make_token


@pytest.fixture
def secret(shop: Shop, ada: User) -> str:
    return make_token(shop=shop, by=ada)


@pytest.fixture
def erp(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"})
