from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.compliance import actions, queries
from cscore.compliance.models import Rule, as_fields
from cscore.compliance.rules import Rule as PureRule
from cscore.compliance.rules import Scope
from cscore.compliance.starter import starter_rules
from tests.factories import MONDAY_9AM


@pytest.fixture
def client() -> Client:
    """A browser that asks for English, so that tests can read what pages say."""
    return Client(headers={"accept-language": "en"})


def make_rule(shop: Shop, **fields: Any) -> Rule:
    text = {"key": "own-cheapest", "family": "absolute", "words": "便宜到哭", "action": "block"}
    return actions.save_rule(rule=Rule(shop=shop, **text | fields), by=None, at=MONDAY_9AM)


def screened(text: str, shop: Shop, scope: Scope = Scope.AGENT) -> list[str]:
    return [finding.text for finding in actions.screen(text=text, scope=scope, shop=shop, at=MONDAY_9AM)]


def test_a_harmless_text_passes(shop: Shop) -> None:
    assert screened("您好，包裹今天发出。", shop) == []


def test_a_starter_rule_holds_in_every_shop(shop: Shop) -> None:
    with pytest.raises(actions.NotSayable) as refused:
        screened("亲，加我微信聊", shop)

    assert "微信" in refused.value.details["words"]
    assert refused.value.findings[0].family == "contact"


def test_the_shops_own_rule_holds_for_the_next_text(shop: Shop) -> None:
    assert screened("这款便宜到哭！", shop) == []

    make_rule(shop)

    with pytest.raises(actions.NotSayable) as refused:
        screened("这款便宜到哭！", shop)
    assert "“便宜到哭”" in str(refused.value)


def test_a_rule_is_the_shops_own(shop: Shop, other_shop: Shop) -> None:
    make_rule(shop)

    assert screened("便宜到哭", other_shop) == []


def test_a_warning_lets_the_text_pass_and_is_told(shop: Shop) -> None:
    make_rule(shop, action="warn")

    assert screened("这款便宜到哭！", shop) == ["便宜到哭"]


def test_a_rule_that_is_switched_off_says_nothing(shop: Shop) -> None:
    make_rule(shop, active=False)

    assert screened("便宜到哭", shop) == []


def test_a_rule_speaks_only_where_it_applies(shop: Shop) -> None:
    make_rule(shop, action="warn", scopes=["article"])

    assert screened("便宜到哭", shop, Scope.AGENT) == []
    assert screened("便宜到哭", shop, Scope.ARTICLE) == ["便宜到哭"]


def test_a_rule_ends_on_its_last_day_in_the_shops_time(shop: Shop) -> None:
    rule = make_rule(shop, action="warn", effective_to=date(2026, 6, 1))
    assert screened("便宜到哭", shop) == ["便宜到哭"]

    rule.effective_to = date(2026, 5, 31)
    actions.save_rule(rule=rule, by=None, at=MONDAY_9AM)

    assert screened("便宜到哭", shop) == []


def test_a_starter_rule_is_replaced_by_one_of_the_same_key(shop: Shop, other_shop: Shop) -> None:
    starter = starter_rules()[0]
    text = starter.example
    found = {f.rule for f in queries.find(text=text, scope=Scope.ARTICLE, shop=shop, at=MONDAY_9AM)}
    assert starter.key in found

    make_rule(shop, key=starter.key, family=starter.family, active=False)

    found = {f.rule for f in queries.find(text=text, scope=Scope.ARTICLE, shop=shop, at=MONDAY_9AM)}
    assert starter.key not in found
    found = {f.rule for f in queries.find(text=text, scope=Scope.ARTICLE, shop=other_shop, at=MONDAY_9AM)}
    assert starter.key in found


def test_screening_takes_one_query(shop: Shop, django_assert_num_queries: Any) -> None:
    make_rule(shop)

    with django_assert_num_queries(1):
        screened("您好", shop)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"words": "加{9-1}微信"}, "words"),
        ({"words": "  \n"}, "words"),
        ({"exceptions": "({"}, "exceptions"),
        ({"family": "unknown"}, "family"),
        ({"negation": 99}, "__all__"),
        ({"effective_from": date(2026, 6, 2), "effective_to": date(2026, 6, 1)}, "__all__"),
    ],
)
def test_a_rule_that_cannot_be_checked_is_never_stored(
    shop: Shop, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        make_rule(shop, **fields)

    assert field in refused.value.message_dict
    assert not Rule.objects.exists()


def test_a_change_of_a_rule_is_in_the_audit_trail(shop: Shop, ada: User) -> None:
    actions.save_rule(rule=Rule(shop=shop, key="own", family="price", words="白菜价"), by=ada, at=MONDAY_9AM)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.shop_key) == ("compliance.rule", ada, "shanye")


def test_an_administrator_writes_a_rule_and_an_editor_reads_it(
    client: Client, shop: Shop, ada: User, lin: User, mei: User
) -> None:
    client.force_login(ada)
    fields = {
        "shop": shop.pk,
        "key": "own",
        "family": "price",
        "words": "白菜价",
        "negation": 0,
        "action": "block",
    }
    fields |= {"severity": 2, "scopes": ["agent", "bot"], "active": "on"}

    client.post("/admin/compliance/rule/add/", fields)

    rule = Rule.objects.get()
    assert (rule.updated_by, rule.scopes) == (ada, ["agent", "bot"])
    address = f"/admin/compliance/rule/{rule.pk}/change/"
    client.force_login(lin)
    assert "白菜价" in client.get(address).content.decode()
    assert client.post(address, fields).status_code == 403
    client.force_login(mei)
    assert client.get("/admin/compliance/rule/").status_code == 403


def test_a_bad_pattern_is_said_beside_its_field(client: Client, shop: Shop, ada: User) -> None:
    client.force_login(ada)
    fields = {
        "shop": shop.pk,
        "key": "own",
        "family": "price",
        "words": "好\n({",
        "negation": 0,
        "action": "block",
    }

    response = client.post("/admin/compliance/rule/add/", fields | {"severity": 2})

    assert list(response.context["adminform"].form.errors) == ["words"]
    assert "Line 2" in str(response.context["adminform"].form.errors)


def test_the_list_of_rules_takes_no_more_queries_for_more_rules(
    client: Client, shop: Shop, ada: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_rule(shop, key=f"own-{number}")
    client.force_login(ada)

    with django_assert_max_num_queries(9):
        client.get("/admin/compliance/rule/")


def test_a_starter_rule_is_taken_over_as_it_is(client: Client, shop: Shop, ada: User) -> None:
    client.force_login(ada)
    starter = starter_rules()[0]
    assert starter.key in client.get("/admin/compliance/rule/").content.decode()

    form = client.get(f"/admin/compliance/rule/add/?starter={starter.key}").context["adminform"].form
    fields = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    taken = {name: value for name, value in fields.items() if value is not None} | {
        "shop": shop.pk,
        "active": "",
    }
    client.post("/admin/compliance/rule/add/", taken)

    rule = Rule.objects.get()
    assert (rule.as_rule().words, rule.as_rule().exceptions) == (starter.words, starter.exceptions)
    assert not rule.active


@pytest.mark.parametrize("starter", starter_rules(), ids=lambda rule: rule.key)
def test_every_starter_rule_fits_into_a_row(shop: Shop, starter: PureRule) -> None:
    rule = Rule(shop=shop, updated_at=MONDAY_9AM, **as_fields(starter))

    rule.full_clean()

    assert rule.as_rule() == replace(starter, example="")
