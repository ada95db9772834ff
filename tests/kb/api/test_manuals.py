"""A product's manual sent by another program: drafts of its sections, and what was left out."""

from typing import Any

import pytest
from django.test import Client

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb.api.manuals import DOCX
from kb.models import Article
from tests.kb.articles import draft

MANUALS = "/api/v1/manuals/"
MARKDOWN = "# Lamp\n\n## How long does it burn?\n\nTen hours.\n\n## Is it waterproof?\n\nTo IPX4.\n"


def send(erp: Client, text: str | bytes, kind: str = "text/markdown", asked: str = "") -> Any:
    return erp.post(f"{MANUALS}{asked}", text, content_type=kind)


def test_a_manual_becomes_drafts_and_again_does_nothing(erp: Client, shop: Shop) -> None:
    tried = send(erp, MARKDOWN, asked="?dry_run=true").json()
    assert not Article.objects.exists()

    first, second = send(erp, MARKDOWN).json(), send(erp, MARKDOWN).json()

    assert tried == first
    assert [first[name] for name in ("new", "changed", "same")] == [2, 0, 0]
    assert [second[name] for name in ("new", "changed", "same")] == [0, 0, 2]
    assert [one["question"] for one in first["sections"]] == ["How long does it burn?", "Is it waterproof?"]
    assert {article.state for article in Article.objects.all()} == {"draft"}


def test_a_section_whose_question_is_taken_is_left_out_and_says_so(
    erp: Client, shop: Shop, lin: User
) -> None:
    draft(shop, lin, key="burns", question="How long does it burn?")

    told = send(erp, MARKDOWN).json()

    assert [one["code"] for one in told["sections"]] == ["kb.question-taken", None]
    assert "burns" in told["sections"][0]["sentence"]
    assert (told["new"], Article.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("data", "kind", "code", "status"),
    [
        ("", "text/markdown", "kb.import.no-file", 400),
        ("nothing to read", "text/html; charset=utf-8", "kb.manual.no-sections", 400),
        (b"no zip", DOCX, "kb.manual.not-a-document", 400),
        ("# Q\n\nA", "application/json", "wrong-content-type", 415),
    ],
)
def test_what_is_no_manual_is_refused(
    erp: Client, shop: Shop, data: str | bytes, kind: str, code: str, status: int
) -> None:
    refused = send(erp, data, kind)

    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)
