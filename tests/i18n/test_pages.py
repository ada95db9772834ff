"""Every page speaks one language: walked by each role, with what forms answer when they are sent empty."""

from collections.abc import Callable

import pytest
from django.test import Client

from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.compliance.starter import starter_rules
from tests.i18n.reading import english_words, has_chinese, read
from tests.i18n.walk import pages
from tests.i18n.world import World, a_shop_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.i18n.with_demo")]

# Names, formats and keys on the keyboard; of jobs, what the job's own library and our code call them.
NAMES = {
    *("cscore", "Markdown", "HTML", "English", "Erlang", "JavaScript", "VIP", "SKU"),
    *("API", "CSV", "JSON", "ISO", "LDAP", "UTC", "UTF", "csv", "docx", "html", "https", "jsonl", "xlsx"),
    *("Enter", "Esc", "Shift", "esc"),
    *("Cron", "John", "kwarg", "shop", "train"),
}
# Starter rules are Chinese law, whoever reads them.
STARTER = {text for rule in starter_rules() for text in (rule.example, rule.clause)}


def leftovers(client: Client, world: World, is_odd: Callable[[str], bool]) -> dict[str, set[str]]:
    """By address, the pieces of text that are in the other language."""
    found: dict[str, set[str]] = {}
    for response in pages(client, world):
        if response.get("Content-Type", "").startswith("text/html"):
            asked = f"{response.request['REQUEST_METHOD']} {response.request['PATH_INFO']}"
            found.setdefault(asked, set()).update(
                piece for piece in read(response.content.decode()) - STARTER if is_odd(piece)
            )
    return {asked: pieces for asked, pieces in found.items() if pieces}


def english_leftovers(world: World, person: User | None) -> dict[str, set[str]]:
    client = Client(headers={"accept-language": "zh-CN,zh;q=0.9"})
    if person:
        client.force_login(person)
    return leftovers(client, world, lambda piece: bool(english_words(piece) - NAMES))


def chinese_leftovers(world: World, person: User | None) -> dict[str, set[str]]:
    client = Client(headers={"accept-language": "en-GB,en;q=0.9"})
    if person:
        client.force_login(person)
    return leftovers(client, world, lambda piece: has_chinese(piece) and piece != "简体中文")


@pytest.mark.parametrize("role", [*Role])
def test_no_role_meets_english_on_a_chinese_page(role: Role) -> None:
    world = a_shop_in("zh-hans")

    assert english_leftovers(world, world.person(role)) == {}


def test_the_superuser_meets_no_english_on_a_chinese_page() -> None:
    world = a_shop_in("zh-hans")

    assert english_leftovers(world, world.person(Role.ADMINISTRATOR, is_superuser=True)) == {}


def test_a_stranger_meets_no_english_on_a_chinese_page() -> None:
    assert english_leftovers(a_shop_in("zh-hans"), None) == {}


def test_the_superuser_meets_no_chinese_on_an_english_page() -> None:
    world = a_shop_in("en")

    assert chinese_leftovers(world, world.person(Role.ADMINISTRATOR, is_superuser=True)) == {}


def test_a_stranger_meets_no_chinese_on_an_english_page() -> None:
    assert chinese_leftovers(a_shop_in("en"), None) == {}
