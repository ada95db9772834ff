"""A web process takes releases in by itself, and pages can say how far one has got."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions, live
from kb.models import ServingProcess
from kb.serving.standing import COUNTED_FOR, newest, standing
from kb.serving.watch import BEAT_EVERY, FORGOTTEN_AFTER, Watch
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, published

START = MONDAY_9AM - timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _sentences_are_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@dataclass
class Wall:
    """A clock on the wall that a test moves."""

    at: datetime = MONDAY_9AM

    def __call__(self) -> datetime:
        return self.at

    def later(self, step: timedelta) -> None:
        self.at += step


@pytest.fixture
def wall() -> Wall:
    return Wall()


def process(number: int, started: datetime = START) -> UUID:
    """The id that a process makes when it starts."""
    return UUID(int=int(started.timestamp() * 1000) << 80 | 0x7 << 76 | 0b10 << 62 | number)


@pytest.fixture
def watches(shop: Shop, wall: Wall) -> list[Watch]:
    """Four processes that hold the shop's knowledge, as one process here plays them all."""
    live.knowledge(shop.pk)
    four = [Watch(process(number), wall) for number in range(4)]
    for watch in four:
        watch.look()
    return four


def rows(shop: Shop) -> list[tuple[UUID, int]]:
    return list(
        ServingProcess.objects.filter(shop=shop).order_by("process").values_list("process", "release")
    )


# --- The process --------------------------------------------------------------------------------------------


def test_a_release_is_taken_in_before_anybody_asks(shop: Shop, lin: User, wall: Wall) -> None:
    live.knowledge(shop.pk)
    watch = Watch(process(1), wall)
    watch.look()
    published(shop, lin, answer="Two to four days.")

    watch.look()

    assert live.shelf.held()[shop.pk].release == 1
    assert rows(shop) == [(process(1), 1)]


def test_looking_without_news_is_one_query_and_writes_nothing(
    shop: Shop, watches: list[Watch], wall: Wall
) -> None:
    wall.later(BEAT_EVERY / 2)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        watches[0].look()

    assert [query["sql"].split()[0] for query in asked] == ["SELECT"]


def test_a_living_process_says_so_every_few_seconds(shop: Shop, watches: list[Watch], wall: Wall) -> None:
    wall.later(BEAT_EVERY)

    watches[0].look()

    seen = dict(ServingProcess.objects.values_list("process", "seen_at"))
    assert seen[process(0)] == wall.at
    assert seen[process(1)] == MONDAY_9AM


def test_rows_of_the_long_gone_are_dropped(shop: Shop, watches: list[Watch], wall: Wall) -> None:
    wall.later(FORGOTTEN_AFTER + timedelta(seconds=1))

    watches[0].look()

    assert rows(shop) == [(process(0), 0)]


def test_a_process_that_was_taken_for_dead_tells_everything_anew(
    shop: Shop, watches: list[Watch], wall: Wall
) -> None:
    ServingProcess.objects.all().delete()
    wall.later(BEAT_EVERY)

    watches[0].look()
    watches[0].look()

    assert rows(shop) == [(process(0), 0)]


def test_a_shop_that_is_gone_troubles_nobody(shop: Shop, other_shop: Shop, wall: Wall) -> None:
    for one in (shop, other_shop):
        live.knowledge(one.pk)
    gone = other_shop.pk
    other_shop.delete()

    Watch(process(1), wall).look()

    assert not ServingProcess.objects.filter(shop_id=gone).exists()
    assert rows(shop) == [(process(1), 0)]


@pytest.mark.django_db(transaction=True)
def test_no_mishap_ends_the_watch(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    until = Event()
    mishaps: list[Exception] = [DatabaseError("away"), ZeroDivisionError()]

    def now() -> datetime:
        if mishaps:
            raise mishaps.pop(0)
        until.set()
        return MONDAY_9AM

    live.knowledge(shop.pk)
    Watch(process(1), now).run(until)

    assert "away" in caplog.text
    assert "stumbled" in caplog.text
    assert rows(shop) == [(process(1), 0)]


# --- How far it has got -------------------------------------------------------------------------------------


@pytest.fixture
def release(shop: Shop, lin: User, watches: list[Watch], wall: Wall) -> int:
    return actions.publish(versions=[draft(shop, lin)], by=lin, at=wall.at)


def taken_by(watches: list[Watch], wall: Wall) -> None:
    for watch in watches:
        wall.later(timedelta(seconds=0.1))
        watch.look()


def test_live_everywhere_says_after_how_many_seconds(
    shop: Shop, watches: list[Watch], wall: Wall, release: int
) -> None:
    taken_by(watches, wall)

    found = standing(shop, release, MONDAY_9AM, wall.at)

    assert found.everywhere
    assert str(found) == "Release 1 is live on 4 of 4 processes, 0.4 s"


def test_who_is_behind_is_named(shop: Shop, watches: list[Watch], wall: Wall, release: int) -> None:
    taken_by(watches[:3], wall)

    found = standing(shop, release, MONDAY_9AM, wall.at)

    assert not found.everywhere
    assert str(found) == "Release 1 is live on 3 of 4 processes"
    assert [one.process for one in found.behind] == [process(3)]
    assert str(found.behind[0]).endswith("still says release 0 (heard of 0 s ago)")


def test_the_dead_are_not_waited_for(shop: Shop, watches: list[Watch], wall: Wall, release: int) -> None:
    wall.later(COUNTED_FOR + timedelta(seconds=1))
    taken_by(watches[:3], wall)

    assert str(standing(shop, release, MONDAY_9AM, wall.at)).startswith("Release 1 is live on 3 of 3")


def test_a_process_that_started_later_does_not_make_the_release_look_slow(
    shop: Shop, watches: list[Watch], wall: Wall, release: int
) -> None:
    taken_by(watches, wall)
    wall.later(timedelta(seconds=8))
    Watch(process(9, started=wall.at), wall).look()

    found = standing(shop, release, MONDAY_9AM, wall.at)

    assert (found.live, found.of, found.seconds) == (5, 5, 0.4)


def test_without_any_process_nothing_is_promised(shop: Shop, lin: User) -> None:
    release = actions.publish(versions=[draft(shop, lin)], by=lin, at=MONDAY_9AM)

    found = standing(shop, release, MONDAY_9AM, MONDAY_9AM)

    assert not found.everywhere
    assert "no web process has said yet" in str(found)


def test_only_the_newest_release_of_each_shop_is_shown(
    shop: Shop, other_shop: Shop, lin: User, ada: User, release: int, wall: Wall
) -> None:
    version = draft(shop, lin, answer="Three days.")
    second = actions.publish(versions=[version], by=lin, at=wall.at + timedelta(minutes=1))

    [found] = newest([shop, other_shop], wall.at + timedelta(minutes=1))

    assert (found.shop, found.release) == (shop, second)
    assert newest([shop], wall.at + timedelta(hours=1), within=timedelta(minutes=2)) == []


# --- The pages ----------------------------------------------------------------------------------------------


def test_the_page_after_a_publish_shows_where_it_is_live(editor: Client, shop: Shop, lin: User) -> None:
    version = draft(shop, lin)
    live.knowledge(shop.pk)
    watch = Watch()
    watch.look()
    page = editor.post(reverse("kb:publish", args=[version.article_id]), follow=True).content.decode()
    assert "Release 1 is live on 0 of 1 process" in page

    watch.look()

    address = reverse("kb:standing", args=[shop.key, 1])
    assert f'data-address="{address}"' in page
    told = editor.get(address).json()
    assert (told["live"], told["of"], told["everywhere"], told["behind"]) == (1, 1, True, [])
    assert told["sentence"].startswith("Release 1 is live on 1 of 1 process, ")


def test_the_list_of_releases_always_shows_it(editor: Client, shop: Shop, release: int) -> None:
    page = editor.get(reverse("admin:kb_release_changelist")).content.decode()

    assert reverse("kb:standing", args=[shop.key, release]) in page


@pytest.mark.parametrize("missing", [lambda shop: (shop.key, 7), lambda shop: ("haitang", 1)])
def test_a_release_that_is_missing_or_foreign_is_not_found(
    editor: Client, shop: Shop, other_shop: Shop, release: int, missing: Callable[[Shop], tuple[str, int]]
) -> None:
    article = other_shop.articles.create(key="a", created_at=MONDAY_9AM, updated_at=MONDAY_9AM)
    other_shop.releases.create(number=1, article=article, verb="withdraw", at=MONDAY_9AM)

    assert editor.get(reverse("kb:standing", args=missing(shop))).status_code == 404
