"""Three hundred files that are broken in forty ways: each is refused in words, and nothing at all is stored."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from kb.models import Article, ArticleVersion, Category, Release
from tests.factories import make_token
from tests.kb.articles import published
from tests.kb.malformed import CSV, XLSX, all_of_them, drawn

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
# Kinds that swell when they are read without care.
DEAR = (
    "bomb", "many_strings", "many_parts", "laughs", "deep", "endless_tag", "wide", "huge_cell", "lying_directory",
    "field_without_end", "row_without_end", "rows_without_end", "too_large",
)  # fmt: skip
MOST_MIB = 64


def content() -> str:
    """A hash of everything that an import could touch."""
    tables = (Article, ArticleVersion, Category, Release, AuditEntry)
    rows = [list(model.objects.order_by("pk").values_list()) for model in tables]
    return hashlib.sha256(json.dumps(rows, cls=DjangoJSONEncoder).encode()).hexdigest()


def test_no_malformed_file_changes_anything_and_each_is_refused_in_words(
    shop: Shop, ada: User, lin: User, settings: object
) -> None:
    settings.API_LIMITS = {"requests_per_minute": 10_000}  # type: ignore[attr-defined]
    published(shop, lin)
    erp = Client(headers={"Authorization": f"Bearer {make_token(shop=shop, by=ada)}"})
    before, wrong, count = content(), {}, 0

    for name, short, data in all_of_them(9):
        count += 1
        response = erp.post("/api/v1/imports/?publish=true", data, content_type=KINDS[short])
        error = response.json().get("error", {})
        named = error.get("code", "").startswith("kb.") or error.get("code") == "too-large"
        if response.status_code not in {400, 413, 422} or not named:
            wrong[name] = (response.status_code, error)

    assert count >= 300
    assert wrong == {}
    assert content() == before


def test_no_malformed_file_takes_much_memory(tmp_path: Path) -> None:
    """Read in a process of its own, whose highest mark is looked at before and after."""
    for kind in DEAR:
        file = tmp_path / f"{kind}.{'xlsx' if kind in XLSX else 'csv'}"
        file.write_bytes(drawn((XLSX | CSV)[kind], 0))

    told = subprocess.run(
        [sys.executable, "-m", "tests.kb.reading_peak", str(tmp_path)],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip

    *codes, grown = told
    assert len(codes) == len(DEAR)
    assert float(grown) < MOST_MIB
