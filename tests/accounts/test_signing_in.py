"""Whoever guesses passwords must wait; whoever knows his own is not kept out by somebody else's guesses."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import User
from cscore.accounts.roles import Role

pytestmark = pytest.mark.django_db
RIGHT = "a long enough pass phrase"


@pytest.fixture
def mei() -> User:
    return User.objects.create_user("mei", password=RIGHT, display_name="Mei", role=Role.AGENT, is_staff=True)


def sign_in(password: str, *, address: str = "203.0.113.7", name: str = "mei") -> tuple[int, Client]:
    client = Client(REMOTE_ADDR=address)
    form = {"username": name, "password": password}
    return client.post(reverse("admin:login"), form).status_code, client


def test_after_five_wrong_passwords_even_the_right_one_must_wait(mei: User) -> None:
    wrong = [sign_in("a guess")[0] for _try in range(5)]

    status, client = sign_in(RIGHT)

    assert wrong == [200, 200, 200, 200, 429]
    assert status == 429
    assert "_auth_user_id" not in client.session


def test_the_page_says_when_to_try_again(mei: User) -> None:
    for _try in range(5):
        sign_in("a guess")

    client = Client(REMOTE_ADDR="203.0.113.7", HTTP_ACCEPT_LANGUAGE="en")
    page = client.post(reverse("admin:login"), {"username": "mei", "password": RIGHT})

    assert page["Retry-After"] == "600"
    assert "Try again in 10 minutes" in page.content.decode()


def test_after_ten_minutes_the_right_password_opens_again(mei: User) -> None:
    with time_machine.travel("2026-11-11 20:00:00+08:00", tick=False) as now:
        for _try in range(5):
            sign_in("a guess")
        now.shift(601)

        status, client = sign_in(RIGHT)

        assert status == 302
        assert client.session["_auth_user_id"] == str(mei.pk)


def test_guesses_from_elsewhere_do_not_keep_an_agent_out(mei: User) -> None:
    for _try in range(8):
        sign_in("a guess", address="198.51.100.9")

    assert sign_in(RIGHT)[0] == 302


def test_signing_in_forgets_the_wrong_passwords_before(mei: User) -> None:
    for _round in range(3):
        for _try in range(4):
            sign_in("a guess")
        assert sign_in(RIGHT)[0] == 302
