"""What the demo shops say passes the wording rules that every shop starts with."""

from datetime import date
from functools import cache

import pytest

from cscore.compliance.checker import Checker
from cscore.compliance.rules import Scope
from cscore.compliance.starter import starter_rules
from cscore.demo import files

TODAY = date(2026, 11, 21)
VISITS = ("conversations.jsonl", "conversations_en.jsonl", "open_visits.jsonl")


@cache
def checker() -> Checker:
    return Checker(starter_rules())


def said(text: str, scope: Scope) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text) for finding in checker().find(text, scope=scope, on=TODAY)]


@pytest.mark.parametrize("name", ["articles.jsonl", "articles_en.jsonl", "editing.jsonl"])
def test_no_answer_of_the_demo_meets_a_rule(name: str) -> None:
    answers = {row["id"]: row["answer"] for row in files.rows(name)}

    assert {
        key: said(answer, Scope.ARTICLE) for key, answer in answers.items() if said(answer, Scope.ARTICLE)
    } == {}


def test_no_other_answer_and_no_card_of_the_demo_meets_a_rule() -> None:
    rows = [row | row.get("rich", {}) for row in files.rows("answers.jsonl")]
    rows += [other for row in rows for other in row.get("others", ())]
    texts = [row.get("text", "") + row.get("html", "") for row in rows]
    texts += [card.get("words", "") for row in rows for card in row.get("cards", ())]

    assert [text for text in texts if said(text, Scope.ARTICLE)] == []


@pytest.mark.parametrize("name", VISITS)
def test_no_agent_of_the_demo_meets_a_rule(name: str) -> None:
    lines = [turn["agent"] for row in files.rows(name) for turn in row["turns"] if "agent" in turn]

    assert [line for line in lines if said(line, Scope.AGENT)] == []


@pytest.mark.parametrize(
    "line",
    [
        "We accept Alipay, WeChat Pay, UnionPay and credit cards.",
        "Enter the code at the top of the shop's checkout page.",
        "破损的地方拍张照片给我看看，我马上为您登记。",
    ],
)
def test_everyday_lines_of_agents_pass(line: str) -> None:
    assert said(line, Scope.AGENT) == []
