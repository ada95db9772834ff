"""What locks a shop or a version for itself keeps no customer waiting whose rows refer to them."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection

from chat.actions import gaps, recalling
from chat.actions.gaps import look_for_gaps
from chat.models import Author, Conversation, Message
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb.models import ArticleVersion
from tests.chat.test_gaps import AFTER, Visit
from tests.chat.test_recalls import asked, tells
from tests.factories import make_conversation, make_message
from tests.kb.articles import neighbours, published

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]


def meanwhile(write: Callable[[], object]) -> Callable[..., list[str]]:
    """Does this in another connection, which waits for no lock longer than it must; the mishaps are returned."""
    mishaps: list[str] = []

    def work() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            write()
        except OperationalError as blocked:
            mishaps.append(str(blocked))
        finally:
            connection.close()

    def run() -> list[str]:
        thread = Thread(target=work)
        thread.start()
        thread.join()
        return mishaps

    return run


def test_conversations_begin_while_gaps_are_written_down(
    shop: Shop, lin: User, mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(shop, lin)
    neighbours(shop, lin)
    Visit(shop, mei).asks("xyzzy plugh").wants_person()
    before = Conversation.objects.count()
    begin, counted = meanwhile(lambda: make_conversation(shop=shop)), gaps._counted
    mishaps: list[str] = []

    def in_the_middle(touched: Any) -> None:
        mishaps.extend(begin())
        counted(touched)

    monkeypatch.setattr(gaps, "_counted", in_the_middle)
    looked = look_for_gaps(shop=shop, at=AFTER)

    assert (looked.new, mishaps) == (1, [])
    assert Conversation.objects.count() == before + 1


def test_the_bot_goes_on_telling_a_version_while_those_who_heard_it_are_found(
    shop: Shop, lin: User, omar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = published(shop, lin, answer="It takes two hours, everywhere.")
    tells(shop, version)
    other, found = make_conversation(shop=shop), recalling.waiting
    told = {"author": Author.BOT, "sender_key": "bot", "body": version.answer, "article_version": version}
    tell = meanwhile(lambda: make_message(conversation=other, **told))
    mishaps: list[str] = []

    def in_the_middle(about: ArticleVersion, window: Any) -> Any:
        mishaps.extend(tell())
        return found(about, window)

    monkeypatch.setattr(recalling, "waiting", in_the_middle)
    asked(version, omar)

    assert mishaps == []
    assert Message.objects.filter(article_version=version).count() == 2
