"""The scripted visits can be replayed: they name what exists, in an order that could have happened."""

from collections import Counter

import pytest

from tests.demo.content import (
    ARTICLES,
    SHOPS,
    VISITS,
    Row,
    hours_old_at_midnight,
    of_shop,
    rows,
    turns,
)

KINDS = {"say", "choose", "human", "agent", "ticket", "note", "close", "rate"}
TICKETS = {"return", "exchange", "refund", "damaged", "missing", "logistics"}
OPTIONAL = {"about", "after_s", "comment"}


def kind(turn: Row) -> str:
    return next(iter(turn.keys() & KINDS))


def hour_of(visit: Row) -> int:
    return int(visit["time"][:2])


def tickets(visit: Row) -> list[Row]:
    return [turn["ticket"] for turn in visit["turns"] if "ticket" in turn]


@pytest.mark.parametrize("shop", SHOPS)
def test_every_visit_is_of_the_last_thirty_days_by_nobody_or_a_known_customer(shop: str) -> None:
    known = {customer["external_id"] for customer in of_shop("customers.json", shop)} | {None}
    visits = rows(VISITS[shop])

    assert all(1 <= visit["days_ago"] <= 30 for visit in visits)
    assert {visit["customer"] for visit in visits} <= known


@pytest.mark.parametrize("shop", SHOPS)
def test_every_turn_is_of_a_known_kind_and_comes_when_it_can(shop: str) -> None:
    for visit in rows(VISITS[shop]):
        kinds = [kind(turn) for turn in visit["turns"]]

        assert all(turn.keys() <= KINDS | OPTIONAL for turn in visit["turns"])
        assert kinds[0] == "say"
        assert kinds[-1] in {"close", "rate"}
        assert kinds.count("close") == 1
        assert all(step not in kinds[: kinds.index("human")] for step in ("agent", "ticket") if step in kinds)
        assert all(turn.get("rate", 5) in range(1, 6) for turn in visit["turns"])


@pytest.mark.parametrize("shop", SHOPS)
def test_what_a_question_is_about_is_an_article(shop: str) -> None:
    articles = {article["id"] for article in rows(ARTICLES[shop])}

    assert {turn["about"] for turn in turns(VISITS[shop], "about")} <= articles


@pytest.mark.parametrize("shop", SHOPS)
def test_every_ticket_is_about_an_order_that_the_customer_had_by_then(shop: str) -> None:
    orders = {order["number"]: order for order in of_shop("orders.json", shop)}
    opened = [(visit, ticket) for visit in rows(VISITS[shop]) for ticket in tickets(visit)]

    assert opened
    for visit, ticket in opened:
        order = orders[ticket["order"]]

        assert ticket["kind"] in TICKETS
        assert order["customer"] == visit["customer"]
        assert order["days_ago"] > visit["days_ago"]


def test_goods_arrived_before_the_customer_complained_about_them() -> None:
    orders = {order["number"]: order for order in rows("orders.json")}
    for visit in rows("conversations.jsonl"):
        for ticket in tickets(visit):
            if ticket["kind"] == "logistics":
                continue
            parcel = orders[ticket["order"]]["parcel"]
            oldest = hours_old_at_midnight(visit["days_ago"], hour_of(visit)) + 24

            assert parcel["status"] == "delivered"
            assert parcel["events"][0]["hours_ago"] >= oldest, ticket


def test_what_a_visit_led_to_was_bought_the_same_day_after_it() -> None:
    orders = {order["number"]: order for order in of_shop("orders.json", "shanye")}
    buyers = [visit for visit in rows("conversations.jsonl") if "buys" in visit]

    assert len(buyers) == 10
    for visit in buyers:
        order = orders[visit["buys"]]

        assert (order["customer"], order["days_ago"]) == (visit["customer"], visit["days_ago"])
        assert order["hour"] > hour_of(visit)


def test_most_visits_need_no_person_and_a_third_is_rated() -> None:
    visits = rows("conversations.jsonl")
    alone = sum(not any("human" in turn for turn in visit["turns"]) for visit in visits) / len(visits)
    rated = sum("rate" in visit["turns"][-1] for visit in visits) / len(visits)

    assert 0.60 <= alone <= 0.70
    assert 0.30 <= rated <= 0.40


def test_visits_peak_at_the_hours_people_shop_and_at_weekends_seen_from_a_monday() -> None:
    visits = rows("conversations.jsonl")
    hours = Counter(hour_of(visit) for visit in visits)
    weekdays = Counter(visit["days_ago"] % 7 for visit in visits)
    peak = sum(hours[hour] for hour in (10, 11, 14, 15, 20, 21, 22))

    assert peak / len(visits) > 0.5
    assert {day for day, _ in weekdays.most_common(2)} == {1, 2}


def test_hardly_any_customer_says_what_another_has_said() -> None:
    said = [turn["say"] for turn in turns("conversations.jsonl", "say")]

    assert len(said) > 280
    assert len(set(said)) / len(said) > 0.95


def test_visits_that_are_open_wait_for_a_person_now() -> None:
    for visit in rows("open_visits.jsonl"):
        assert 0 < visit["minutes_ago"] < 30
        assert any("human" in turn for turn in visit["turns"])
        assert not any("close" in turn for turn in visit["turns"])


def test_the_team_covers_every_role() -> None:
    team = rows("team.json")

    assert {person["role"] for person in team} == {"administrator", "editor", "agent", "lead", "analyst"}
    assert len({person["username"] for person in team}) == len(team)
    assert {person["shop"] for person in team} == set(SHOPS)
    assert not any("password" in person for person in team)


def test_every_cost_lies_between_its_low_and_its_high_case() -> None:
    (costs,) = of_shop("cost.json", "shanye")

    for name, figure in costs["inputs"].items():
        assert sorted((figure["low"], figure["expected"], figure["high"]))[1] == figure["expected"], name
        assert figure["unit"], name
    assert costs["inputs"]["monthly_wage_yuan"]["expected"] == 6500
