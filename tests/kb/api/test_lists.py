"""What an ERP reads of many articles."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb.models import Category
from tests.factories import MONDAY_9AM, make_article
from tests.kb.api.test_articles import ARTICLES, TENT, error, post, put


def test_a_list_is_read_page_by_page_without_holes(
    erp: Client, shop: Shop, other_shop: Shop, django_assert_max_num_queries: Any
) -> None:
    for number in range(25):
        make_article(shop=shop, key=f"a{number:02}", live=True)
    make_article(shop=other_shop, key="theirs")

    seen, address = [], f"{ARTICLES}?limit=10"
    while address:
        with django_assert_max_num_queries(5):
            page = erp.get(address).json()
        seen += [article["key"] for article in page["results"]]
        address = page["next"]

    assert seen == [f"a{number:02}" for number in range(25)]


def test_a_list_is_narrowed(erp: Client, shop: Shop, lin: User) -> None:
    goods = Category.objects.create(shop=shop, name="Goods")
    later = MONDAY_9AM + timedelta(days=1)
    make_article(shop=shop, key="tent", category=goods, question="帐篷防水吗？", updated_at=later)
    make_article(shop=shop, key="lamp", question="Lamp?", phrasings=["台灯亮吗"], live=True)

    def keys(**asked: str) -> list[str]:
        return [article["key"] for article in erp.get(ARTICLES, asked).json()["results"]]

    assert keys(category="Goods") == keys(q="防水") == keys(state="draft") == ["tent"]
    assert keys(updated_since=later.isoformat()) == ["tent"]
    assert keys(q="台灯") == keys(state="live") == ["lamp"]
    assert keys(q="nothing") == keys(category="None") == []


@pytest.mark.parametrize(
    "asked",
    ["limit=0", "limit=201", "limit=x", "colour=red", "state=lost", "updated_since=noon", "q=%00", "q="],
)
def test_what_a_list_does_not_know_is_refused(erp: Client, asked: str) -> None:
    refused = erp.get(f"{ARTICLES}?{asked}")

    assert refused.status_code == 400
    assert asked.partition("=")[0] in error(refused)["details"]["fields"]


def test_versions_categories_and_releases_are_listed(erp: Client, shop: Shop) -> None:
    put(erp, "tent", TENT | {"category": "Goods"})
    put(erp, "tent", TENT | {"answer": "Changed."})
    post(erp, "tent/publish/")

    versions = erp.get(f"{ARTICLES}tent/versions/?limit=1").json()
    categories = erp.get("/api/v1/categories/").json()
    [release] = erp.get("/api/v1/releases/").json()["results"]

    assert [(one["number"], one["live"]) for one in versions["results"]] == [(2, True)]
    assert [one["number"] for one in erp.get(versions["next"]).json()["results"]] == [1]
    assert categories == {"results": [{"name": "Goods", "articles": 1}], "next": None}
    assert (release["number"], release["verb"], release["articles"], release["count"]) == (
        1,
        "publish",
        ["tent"],
        1,
    )


def test_articles_are_searched_as_people_do(erp: Client, shop: Shop) -> None:
    put(erp, "tent", TENT)

    drafts, live = (
        erp.get("/api/v1/search/", {"q": "waterproof", "drafts": drafts}).json()["results"]
        for drafts in ("true", "false")
    )

    assert [hit["key"] for hit in drafts] == ["tent"]
    assert live == []
