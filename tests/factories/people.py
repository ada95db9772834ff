from typing import Any

from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce.models import Shop
from tests.factories.times import next_number


def make_person(*, shops: tuple[Shop, ...] = (), password: str | None = None, **fields: Any) -> User:
    """Somebody who works in `shops`; without a password he signs in by `client.force_login` alone."""
    username = fields.pop("username", f"person{next_number()}")
    person = User(
        username=username,
        display_name=fields.pop("display_name", username.title()),
        role=fields.pop("role", Role.AGENT),
        is_staff=fields.pop("is_staff", True),
        **fields,
    )
    person.set_password(password)
    person.save()
    person.shops.set(shops)
    return person
