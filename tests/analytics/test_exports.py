"""The CSV file: complete, readable by spreadsheets, and never a formula."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client
from django.urls import reverse

from analytics.exports import safe
from analytics.queries import listing
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from tests.analytics.visits import visit
from tests.factories import make_customer


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
        "  =1+1",
        "\u3000=1",
    ],
)
def test_a_cell_that_a_spreadsheet_would_compute_stays_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", " ", "5 > 3", "a=b", "你好", 5, -5, 0.5, None])
def test_everything_else_is_left_as_it_is(cell: str | float | None) -> None:
    assert safe(cell) == cell


def rows_of(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"))))


def test_the_file_holds_the_conversations_of_the_list(analyst: Client, shop: Shop) -> None:
    evil = make_customer(shop=shop, external_id="=cmd()", name="Never exported")
    at = clock.now() - timedelta(days=4)
    visit(shop, "c hand_over a40", customer=evil, at=at, stars=2, comment="=HYPERLINK()")
    visit(shop, "c answer", at=at)

    answer = analyst.get(reverse("analytics:export"), {"list": "with_person", "days": "30"})
    body = answer.getvalue()

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    (row,) = rows_of(body)
    assert row["Customer number"] == "'=cmd()"
    assert row["Comment"] == "'=HYPERLINK()"
    assert (row["Outcome"], row["Settled"], row["Stars"]) == ("AI, then a person", "1", "2")
    assert row["Mean reply of people (s)"] == "40.0"
    assert "Never exported" not in body.decode()


def test_long_files_are_read_in_pieces_and_stay_complete(
    analyst: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "CHUNK", 2)
    numbers = {
        visit(shop, "c answer", at=clock.now() - timedelta(hours=hours)).number for hours in range(1, 6)
    }

    rows = rows_of(analyst.get(reverse("analytics:export")).getvalue())

    assert {row["Conversation"] for row in rows} == numbers
    assert len(rows) == 5


@pytest.mark.django_db(transaction=True)
def test_the_file_also_comes_through_the_asynchronous_server(shop: Shop, zhou: User) -> None:
    visit(shop, "c answer", at=clock.now() - timedelta(hours=1))

    async def download() -> bytes:
        client = AsyncClient()
        await client.aforce_login(zhou)
        answer = await client.get(reverse("analytics:export"))
        return b"".join([part async for part in answer])

    assert len(rows_of(async_to_sync(download)())) == 1


def test_the_list_of_another_shop_cannot_be_taken_out(analyst: Client, other_shop: Shop) -> None:
    assert analyst.get(reverse("analytics:export"), {"shop": other_shop.key}).status_code == 404
