import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.kb.matching.shop import GARDEN_SHOP

ASKED = {
    "return my spade": "returns",
    "退款几天到": "refund",
    "is there life on Mars": None,
    "an old id": "ghost",
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    kb, queries = tmp_path / "kb.jsonl", tmp_path / "queries.jsonl"
    entries = ({"id": one.id, "question": one.question, "variants": one.phrasings} for one in GARDEN_SHOP)
    kb.write_text("\n".join(map(json.dumps, entries)))
    queries.write_text("\n".join(json.dumps({"text": text, "expected": id}) for text, id in ASKED.items()))
    return kb, queries


def evaluated(*arguments: object) -> tuple[list[str], str]:
    out, errors = StringIO(), StringIO()
    call_command("evaluate", *map(str, arguments), "--no-vectors", stdout=out, stderr=errors)
    return out.getvalue().splitlines(), errors.getvalue()


def test_the_last_line_is_one_json_object(files: tuple[Path, Path]) -> None:
    lines, _ = evaluated(*files)
    alone, _ = evaluated(*files, "--json")

    figures = json.loads(lines[-1])
    assert len(lines) > 1
    assert len(alone) == 1
    assert figures.keys() == json.loads(alone[0]).keys()
    assert figures["top1"] == pytest.approx(2 / 3, abs=1e-3)
    assert {
        "top3",
        "mrr",
        "auroc",
        "coverage",
        "precision",
        "oos_recall",
        "build_s",
        "p50_ms",
        "p99_ms",
    } <= figures.keys()


def test_expected_entries_that_do_not_exist_are_pointed_out(files: tuple[Path, Path]) -> None:
    _, errors = evaluated(*files)

    assert "1" in errors


def test_a_bad_file_is_refused_with_a_code_and_a_line(files: tuple[Path, Path]) -> None:
    kb, queries = files
    kb.write_text('{"id": "a", "question": "q"}\n{oops\n')

    with pytest.raises(CommandError, match=r"examples\.bad-json.*line 2"):
        evaluated(kb, queries)
