from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Customer, Order, Product, Shop
from cscore.commerce.rules import is_origin
from tests.factories import make_customer, make_order, make_parcel, make_product, make_shop


def change(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_an_agent_sees_masked_phones_and_an_administrator_whole_ones(
    li: Customer, mei: User, ada: User, client: Client
) -> None:
    customers = reverse("admin:commerce_customer_changelist")
    client.force_login(mei)
    for address in (customers, change(li)):
        page = client.get(address).content.decode()
        assert "138****8000" in page
        assert li.phone not in page

    client.force_login(ada)
    assert li.phone in client.get(change(li)).content.decode()


def test_a_customer_is_found_by_the_whole_phone_and_not_by_a_part(
    li: Customer, mei: User, client: Client
) -> None:
    client.force_login(mei)
    address = reverse("admin:commerce_customer_changelist")

    found = {
        words: list(client.get(address, {"q": words}).context["cl"].queryset)
        for words in ("13800138000", "1380013")
    }

    assert found == {"13800138000": [li], "1380013": []}


def test_what_a_list_does_not_show_cannot_be_guessed_through_its_address(
    li: Customer, mei: User, client: Client
) -> None:
    """Django filters a list by any field of its row: the first letters of a key would be a question away."""
    Shop.objects.filter(pk=li.shop_id).update(identity_key="k" * 64)
    client.force_login(mei)

    for model, asked in (
        ("shop", {"identity_key__startswith": "k"}),
        ("shop", {"identity_key": "k" * 64}),
        ("customer", {"phone__startswith": "1380013"}),
        ("customer", {"phone__regex": "^1"}),
    ):
        answer = client.get(reverse(f"admin:commerce_{model}_changelist"), asked)

        assert answer.status_code == 400, asked


def test_a_list_is_still_narrowed_by_what_it_shows(li: Customer, mei: User, client: Client) -> None:
    client.force_login(mei)

    found = client.get(reverse("admin:commerce_customer_changelist"), {"city__startswith": "x"})

    assert list(found.context["cl"].queryset) == []


def test_a_change_by_form_is_audited_without_values(
    li: Customer, ada: User, shop: Shop, client: Client
) -> None:
    client.force_login(ada)
    told = {
        "shop": shop.pk,
        "external_id": "C1001",
        "name": "Li Na",
        "phone": "13900139000",
        "city": "",
        "tier": "vip",
    }

    response = client.post(change(li), told)

    assert response.status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.shop_key, entry.by) == ("commerce.change-customer", shop.key, ada)
    assert "13900139000" not in str(entry.details)


def test_a_row_never_moves_to_another_shop(li: Customer, ada: User, other_shop: Shop, client: Client) -> None:
    """Its orders and conversations would stay behind; it does not matter that both shops are hers."""
    other_shop.staff.add(ada)
    tent = make_product(shop=li.shop)
    client.force_login(ada)
    lists = {f"variants-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    customer = {"external_id": "C1001", "name": "Li Na", "tier": "vip"}
    product = {"sku": tent.sku, "name": tent.name, "price": "1.00", **lists}

    for row, told in ((li, customer), (tent, product)):
        assert client.post(change(row), told | {"shop": other_shop.pk}).status_code == 302
        before = row.shop
        row.refresh_from_db()
        assert row.shop == before


def test_who_may_not_manage_changes_nothing(li: Customer, omar: User, client: Client) -> None:
    client.force_login(omar)

    assert client.post(change(li), {"name": "Somebody"}).status_code == 403
    li.refresh_from_db()
    assert li.name == "Li Na"


def test_orders_are_read_only_even_for_a_superuser(order: Order, root: User, client: Client) -> None:
    client.force_login(root)

    assert client.post(change(order), {"status": "refunded"}).status_code == 403
    page = client.get(change(order)).content.decode()
    assert "SF1234567890" in page
    assert "Left the warehouse" in page


@pytest.mark.parametrize(("kind", "queries"), [("order", 6), ("customer", 6), ("product", 7)])
def test_lists_take_as_many_queries_for_many_rows_as_for_one(
    kind: str,
    queries: int,
    shop: Shop,
    order: Order,
    mei: User,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(mei)
    address = reverse(f"admin:commerce_{kind}_changelist")
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)

    for _ in range(8):
        make_parcel(order=make_order(customer=make_customer(shop=shop)))
    with django_assert_num_queries(queries):
        client.get(address)


def test_a_product_is_added_with_its_variants(shop: Shop, ada: User, client: Client) -> None:
    client.force_login(ada)
    told = {
        "shop": shop.pk, "sku": "MUG", "name": "Mug", "price": "39", "category": "", "description": "", "image": "",
        "variants-TOTAL_FORMS": "1", "variants-INITIAL_FORMS": "0",
        "variants-0-sku": "MUG-R", "variants-0-name": "Red", "variants-0-price": "39", "variants-0-stock": "4",
    }  # fmt: skip

    response = client.post(reverse("admin:commerce_product_add"), told)

    assert response.status_code == 302
    assert [variant.sku for variant in Product.objects.get().variants.all()] == ["MUG-R"]


def test_only_who_manages_the_shop_sees_its_key(shop: Shop, mei: User, ada: User, client: Client) -> None:
    seen = {}
    for person in (mei, ada):
        client.force_login(person)
        seen[person.username] = shop.identity_key in client.get(change(shop)).content.decode()

    assert seen == {"mei": False, "ada": True}


def test_the_shops_origins_are_written_one_a_line(shop: Shop, ada: User, client: Client) -> None:
    client.force_login(ada)
    told = {"name": shop.name, "language": "zh-hans"}

    good = client.post(
        change(shop), told | {"widget_origins": "https://a.example\n\n http://localhost:8000 "}
    )
    bad = client.post(change(shop), told | {"widget_origins": "https://a.example/shop"})

    shop.refresh_from_db()
    assert good.status_code == 302
    assert shop.widget_origins == ["https://a.example", "http://localhost:8000"]
    assert "widget_origins" in bad.context["adminform"].form.errors


def test_a_superuser_opens_a_shop_with_a_fresh_key_and_an_administrator_does_not(
    root: User, ada: User, client: Client
) -> None:
    told = {"key": "harbor", "name": "Harbor", "language": "en", "widget_origins": ""}
    address = reverse("admin:commerce_shop_add")

    client.force_login(ada)
    assert client.post(address, told).status_code == 403
    client.force_login(root)
    client.post(address, told)

    assert len(Shop.objects.get(key="harbor").identity_key) == 64


def test_the_column_of_the_shop_stands_where_there_are_several(shop: Shop, ada: User, client: Client) -> None:
    client.force_login(ada)
    make_product(shop=shop)
    address = reverse("admin:commerce_product_changelist")

    alone = client.get(address).context["cl"].list_display
    ada.shops.add(make_shop())
    together = client.get(address).context["cl"].list_display

    assert ("shop" in alone, "shop" in together) == (False, True)


@pytest.mark.parametrize("text", ["https://shop.example.com", "http://localhost:8000", "http://127.0.0.1"])
def test_what_browsers_send_is_an_origin(text: str) -> None:
    assert is_origin(text)


@pytest.mark.parametrize(
    "text",
    ["", "*", "https://*", "https://a.example/", "a.example", "ftp://a.example", "https://a.example:port",
     "https://a.example\nhttps://b.example", "javascript:alert(1)", "https://" + "a." * 200 + "example"],
)  # fmt: skip
def test_anything_more_or_less_is_no_origin(text: str) -> None:
    assert not is_origin(text)
