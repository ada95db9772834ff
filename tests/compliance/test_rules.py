from datetime import date

import pytest

from cscore.compliance.rules import Action, Scope, Severity
from tests.compliance.rulebook import found, rule


def test_a_rule_holds_on_its_first_and_on_its_last_day_only_in_between() -> None:
    sale = rule("双十一", effective_from=date(2026, 11, 1), effective_to=date(2026, 11, 11))

    held = [day for day in range(1, 31) if sale.holds(scope=Scope.BOT, on=date(2026, 11, day))]

    assert held == list(range(1, 12))
    assert not sale.holds(scope=Scope.BOT, on=date(2026, 10, 31))


def test_a_rule_speaks_only_about_its_scopes() -> None:
    for_the_bot = rule("最好", scopes=frozenset({Scope.BOT}))

    assert for_the_bot.holds(scope=Scope.BOT, on=date(2026, 1, 1))
    assert not for_the_bot.holds(scope=Scope.ARTICLE, on=date(2026, 1, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": ""},
        {"words": ()},
        {"negation": -1},
        {"negation": 31},
        {"effective_from": date(2026, 2, 1), "effective_to": date(2026, 1, 1)},
    ],
)
def test_a_rule_that_contradicts_itself_cannot_be_made(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="."):
        rule("最好", **wrong)


def test_of_overlapping_findings_the_longer_stays() -> None:
    findings = found("全国最好的茶", rule("最好", key="short"), rule("全国最好的", key="long"))

    assert [finding.rule for finding in findings] == ["long"]


def test_of_equally_long_findings_the_more_severe_stays() -> None:
    findings = found(
        "最好", rule("最好", key="a", severity=Severity.MINOR), rule("最好", key="b", severity=Severity.GRAVE)
    )

    assert [finding.rule for finding in findings] == ["b"]


def test_a_finding_that_blocks_is_never_hidden_by_a_longer_note() -> None:
    findings = found(
        "全国最好的茶", rule("最好", key="block"), rule("全国最好的茶", key="note", action=Action.FLAG)
    )

    assert [finding.rule for finding in findings] == ["block"]


def test_findings_come_in_the_order_of_the_text_whatever_the_order_of_the_rules() -> None:
    words = [rule("第一", key="b"), rule("最好", key="a"), rule("顶级", key="c")]

    forth = found("最好的顶级第一", *words)
    back = found("最好的顶级第一", *reversed(words))

    assert [finding.text for finding in forth] == ["最好", "顶级", "第一"]
    assert forth == back
