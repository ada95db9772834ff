from dataclasses import replace

import pytest
from django.test import Client

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import tasks
from kb.matching import Report
from kb.models import MatcherArtefact
from kb.trainings import Decline, confused, declines, falls_short
from tests.factories import MONDAY_9AM
from tests.kb.articles import neighbours, published
from tests.kb.pages import LIST

GOOD = Report("blend", judged=500, accuracy=0.8, asked_precision=0.95, coverage=0.8, precision=0.96)
POOR = replace(GOOD, precision=0.90)
SMALL = replace(GOOD, judged=0, coverage=0.0, precision=0.0)


def trained(shop: Shop, *reports: Report) -> None:
    """One training a release, the first for release 1."""
    for release, report in enumerate(reports, start=1):
        fields = {name: getattr(report, name) for name in Report.__slots__}
        MatcherArtefact.objects.create(
            shop=shop, release=release, data=b"", report=fields, trained_at=MONDAY_9AM
        )


def found(shop: Shop) -> list[Decline]:
    return declines(Shop.objects.filter(pk=shop.pk))


@pytest.mark.parametrize(
    ("report", "short"),
    [(GOOD, False), (POOR, True), (SMALL, False), (replace(GOOD, coverage=0.0, precision=0.0), False)],
)
def test_a_training_falls_short_when_fewer_answers_are_right_than_asked(report: Report, short: bool) -> None:
    assert falls_short(report) is short


def test_what_chance_explains_is_no_shortfall() -> None:
    slightly = replace(GOOD, precision=0.94)

    # Of 400 answered wordings the standard error is 1.1 points; of 40 000 it is 0.1.
    assert not falls_short(slightly)
    assert falls_short(replace(slightly, judged=50_000))


def test_a_decline_names_the_release_it_began_with(shop: Shop) -> None:
    trained(shop, GOOD, POOR, replace(POOR, precision=0.88))

    [decline] = found(shop)

    assert (decline.release, decline.before_release) == (2, 1)
    assert (decline.now.precision, decline.before.precision) == (0.88, 0.96)


@pytest.mark.parametrize(
    "reports", [(), (GOOD,), (POOR,), (POOR, GOOD), (POOR, POOR), (SMALL, POOR), (GOOD, SMALL)]
)
def test_without_a_change_for_the_worse_there_is_none(shop: Shop, reports: tuple[Report, ...]) -> None:
    trained(shop, *reports)

    assert found(shop) == []


def test_articles_with_the_same_phrasings_are_named_as_confused(shop: Shop, lin: User) -> None:
    phrasings = [f"broken {thing}" for thing in ("tent", "lamp", "pole", "stove", "cup", "mat")]
    published(shop, lin, key="repair", question="Who repairs a broken thing?", phrasings=phrasings)
    published(shop, lin, key="refund", question="What if it is broken?", phrasings=phrasings)
    neighbours(shop, lin)
    tasks.train_matcher(shop.pk)

    [(one, other, count), *_others] = confused(shop.pk)

    assert {one.key, other.key} == {"repair", "refund"}
    assert count >= 1


def test_a_report_of_another_version_is_passed_over(shop: Shop) -> None:
    trained(shop, GOOD, GOOD, POOR)
    MatcherArtefact.objects.filter(release=2).update(report={"precision": 0.1})

    assert [decline.before_release for decline in found(shop)] == [1]


@pytest.mark.parametrize("page", [LIST, "/admin/kb/release/"])
def test_editors_see_a_decline_above_their_lists(editor: Client, shop: Shop, page: str) -> None:
    trained(shop, GOOD, POOR)

    text = editor.get(page).content.decode()

    assert "since release 2, 90.0% of the bot" in text
    assert f"/admin/reports/confidence/?shop={shop.key}" in text


def test_a_decline_of_another_shop_is_not_seen(editor: Client, other_shop: Shop) -> None:
    trained(other_shop, GOOD, POOR)

    assert "since release" not in editor.get(LIST).content.decode()
