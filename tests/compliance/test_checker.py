from datetime import date

import pytest

from cscore.compliance.checker import Checker
from cscore.compliance.rules import Action, Scope
from cscore.compliance.template import BadTemplate
from tests.compliance.rulebook import NEW_YEAR, found, places, rule


def test_a_finding_says_where_what_and_why() -> None:
    first = rule("第一")

    (finding,) = found("销量第一", first)

    assert (finding.start, finding.end, finding.text) == (2, 4, "第一")
    assert (finding.rule, finding.family, finding.action) == (first.key, first.family, first.action)
    assert (finding.severity, finding.clause, finding.suggestion) == (
        first.severity,
        first.clause,
        first.suggestion,
    )
    assert finding.blocks


def test_a_word_in_a_lawful_context_is_lawful_and_elsewhere_not() -> None:
    text = "第一次买就选第一品牌，第一时间发货"

    assert places(text, "第一", exceptions=("第一次", "第一时间")) == ["第一"]


def test_an_exception_may_be_a_template() -> None:
    assert places("订单号是13800138000", "{phone}", exceptions=("订单{0-4}{phone}",)) == []


def test_an_exception_of_one_rule_excuses_no_other() -> None:
    findings = found("第一次", rule("第一", key="a", exceptions=("第一次",)), rule("第一", key="b"))

    assert [finding.rule for finding in findings] == ["b"]


def test_a_rule_out_of_scope_or_out_of_date_finds_nothing() -> None:
    checker = Checker([rule("最好", scopes=frozenset({Scope.BOT}), effective_from=NEW_YEAR)])

    assert checker.find("最好", scope=Scope.BOT, on=NEW_YEAR)
    assert not checker.find("最好", scope=Scope.AGENT, on=NEW_YEAR)
    assert not checker.find("最好", scope=Scope.BOT, on=date(2025, 12, 31))


def test_only_rules_that_replace_change_the_text() -> None:
    checker = Checker(
        [rule("最好", key="a", action=Action.REPLACE, suggestion="很好"), rule("第一", key="b")]
    )

    assert checker.replaced("最 好的茶，第一，最好", scope=Scope.AGENT, on=NEW_YEAR) == "很好的茶，第一，很好"


def test_a_checker_without_rules_finds_nothing() -> None:
    assert Checker([]).find("最好的第一", scope=Scope.AGENT, on=NEW_YEAR) == ()


def test_two_rules_may_not_share_a_key() -> None:
    with pytest.raises(ValueError, match="share a key"):
        Checker([rule("甲"), rule("乙")])


def test_a_bad_template_shows_when_the_checker_is_built() -> None:
    with pytest.raises(BadTemplate):
        Checker([rule("好{0-3}")])
