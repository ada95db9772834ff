"""Whole files by API: the same rules as on the pages."""

from typing import Any

import pytest
from django.test import Client

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb.api.exchange import XLSX
from kb.models import Article, ArticleVersion
from kb.tables import read_csv, read_xlsx
from tests.factories import make_token
from tests.kb.articles import draft, neighbours
from tests.kb.test_importing import LAMP, TENT, jsonl
from tests.kb.test_tables import HEADER, csv, xlsx

IMPORTS = "/api/v1/imports/"
ROW = ["tent", "商品", "帐篷防水吗？", "下雨会漏吗", "防水三千毫米。"]
CSV = csv(HEADER, ROW)
FILES = {
    "xlsx": (XLSX, xlsx(HEADER, ROW)),
    "csv": ("text/csv", CSV),
    "csv in GB18030": ("text/csv", CSV.decode().encode("gb18030")),
    "jsonl": ("application/x-ndjson", jsonl(TENT)),
}


def send(erp: Client, data: bytes, kind: str, asked: str = "") -> Any:
    return erp.post(f"{IMPORTS}{asked}", data, content_type=kind)


@pytest.mark.parametrize(("kind", "data"), FILES.values(), ids=FILES)
def test_a_file_is_tried_then_taken_in_then_live(erp: Client, shop: Shop, kind: str, data: bytes) -> None:
    tried = send(erp, data, kind, "?dry_run=true").json()
    assert not Article.objects.exists()

    taken = send(erp, data, kind).json()
    live = send(erp, data, kind, "?publish=true").json()

    assert tried == taken == {"new": 1, "changed": 0, "same": 0, "release": None}
    assert live == {"new": 0, "changed": 0, "same": 1, "release": 1}
    assert Article.objects.get().latest_version.answer == "防水三千毫米。"  # type: ignore[union-attr]


def test_a_dry_run_tells_changed_from_unchanged(erp: Client, shop: Shop) -> None:
    send(erp, jsonl(TENT, LAMP), "application/x-ndjson")

    changed = jsonl(TENT | {"answer": "Other."}, LAMP, LAMP | {"id": "new", "question": "New?"})
    tried = send(erp, changed, "application/x-ndjson", "?dry_run=true").json()

    assert tried == {"new": 1, "changed": 1, "same": 1, "release": None}
    assert ArticleVersion.objects.count() == 2


def test_wrong_rows_are_named_as_the_spreadsheet_counts_them(erp: Client, shop: Shop) -> None:
    refused = send(erp, csv(HEADER, ROW, ["k", "", "", "", "So."]), "text/csv")

    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (422, "kb.bad-import")
    issues = error["details"]["issues"]
    assert [(one["row"], one["field"], one["cell"]) for one in issues] == [(3, "question", "C3")]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [(b"", "text/csv", 400), (b"x", "application/json", 415), (b"x", "text/csv", 400), (b"x", XLSX, 400)],
)
def test_what_is_no_file_is_refused(erp: Client, data: bytes, kind: str, status: int) -> None:
    assert send(erp, data, kind).status_code == status


def test_publishing_a_file_needs_both_scopes(shop: Shop, ada: User) -> None:
    secret = make_token(shop=shop, by=ada, scopes=["kb:write"])
    writer = Client(headers={"Authorization": f"Bearer {secret}"})

    assert send(writer, CSV, "text/csv", "?publish=true").status_code == 403
    assert not Article.objects.exists()


@pytest.mark.parametrize(("form", "kind"), [("xlsx", XLSX), ("csv", "text/csv")])
def test_an_export_imports_back_equal_and_again_the_same_bytes(
    erp: Client, shop: Shop, other_shop: Shop, lin: User, root: User, form: str, kind: str
) -> None:
    neighbours(shop, lin)
    odd = [
        "+8613800138000",
        "=1+1",
        "==x",
        "'leading",
        "''=x",
        "@a",
        "-b",
        "＝全角",
        'with "quotes", commas',
        "\ttab",
    ]
    for number, text in enumerate(odd):
        draft(shop, lin, key=f"odd{number}", question=f"{text} {number}", phrasings=[text], answer=text)

    exported = erp.get(f"/api/v1/export/?format={form}")
    here = send(erp, exported.content, kind).json()
    secret = make_token(shop=other_shop, by=root)
    other = Client(headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"})
    there = send(other, exported.content, kind).json()
    again = other.get(f"/api/v1/export/?format={form}")

    count = len(odd) + 2
    assert exported["Content-Type"].startswith(kind)
    assert (here["new"], here["changed"], here["same"]) == (0, 0, count)
    assert there["new"] == count
    assert rows_of(again.content, form) == rows_of(exported.content, form)
    if form == "csv":
        assert again.content == exported.content


def rows_of(data: bytes, form: str) -> list[list[str]]:
    return read_csv(data) if form == "csv" else read_xlsx(data)


def test_an_export_asks_few_questions(
    erp: Client, shop: Shop, lin: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        draft(shop, lin, key=f"a{number}", question=f"Question {number}?")

    with django_assert_max_num_queries(4):
        exported = erp.get("/api/v1/export/?format=csv")

    assert exported.content.count(b"Question") >= 12
