from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from cscore.accounts import audit
from cscore.accounts.models import AuditEntry, User
from cscore.accounts.roles import Role
from cscore.commerce.models import Shop
from tests.factories import MONDAY_9AM, make_person

PEOPLE = "admin:accounts_user_changelist"
ADD, CHANGE = "admin:accounts_user_add", "admin:accounts_user_change"


def as_told(person: User, **changes: Any) -> dict[str, Any]:
    """What the form of a person sends when nothing was changed."""
    told = {
        "display_name": person.display_name,
        "email": person.email,
        "role": person.role,
        "shops": [shop.pk for shop in person.shops.all()],
        "is_active": "on",
    }
    return {name: value for name, value in (told | changes).items() if value is not None}


def lets_in(name: str, password: str) -> bool:
    """Whether the sign-in page takes them."""
    return Client().post(reverse("admin:login"), {"username": name, "password": password}).status_code == 302


def test_an_administrator_invites_somebody_who_can_sign_in(ada: User, shop: Shop, client: Client) -> None:
    client.force_login(ada)
    told = {
        "username": "wu",
        "display_name": "Wu",
        "role": "agent",
        "shops": [shop.pk],
        "usable_password": "true",
        "password1": "kettle-and-lantern",
        "password2": "kettle-and-lantern",
    }

    response = client.post(reverse(ADD), told)

    assert response.status_code == 302
    person = User.objects.get(username="wu")
    assert (person.role, list(person.shops.all()), person.is_staff) == (Role.AGENT, [shop], True)
    assert lets_in("wu", "kettle-and-lantern")


def test_each_change_on_the_form_is_its_own_verb_in_the_trail(ada: User, mei: User, client: Client) -> None:
    client.force_login(ada)

    client.post(
        reverse(CHANGE, args=[mei.pk]), as_told(mei, role="lead", display_name="Mei Mei", is_active=None)
    )

    mei.refresh_from_db()
    assert (mei.role, mei.display_name, mei.is_active) == ("lead", "Mei Mei", False)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["accounts.rename", "accounts.set-role", "accounts.suspend"]


def test_saving_without_a_change_leaves_no_trace(ada: User, mei: User, client: Client) -> None:
    client.force_login(ada)

    response = client.post(reverse(CHANGE, args=[mei.pk]), as_told(mei))

    assert response.status_code == 302
    assert not AuditEntry.objects.exists()


def test_the_form_offers_and_takes_the_administrators_shops_only(
    ada: User, mei: User, other_shop: Shop, client: Client
) -> None:
    client.force_login(ada)
    address = reverse(CHANGE, args=[mei.pk])

    shown = client.get(address)
    refused = client.post(address, as_told(mei, shops=[other_shop.pk]))

    assert other_shop.name not in shown.content.decode()
    assert "shops" in refused.context["adminform"].form.errors
    assert list(mei.shops.values_list("key", flat=True)) == ["shanye"]


def test_the_offered_shops_of_one_administrator_do_not_stay_for_the_next(
    ada: User, root: User, mei: User, shop: Shop, other_shop: Shop, client: Client
) -> None:
    for person, offered in ((root, {shop, other_shop}), (ada, {shop})):
        client.force_login(person)
        form = client.get(reverse(CHANGE, args=[mei.pk])).context["adminform"].form

        assert set(form.fields["shops"].queryset) == offered


def test_a_form_cannot_make_a_superuser(ada: User, mei: User, client: Client) -> None:
    client.force_login(ada)

    client.post(
        reverse(CHANGE, args=[mei.pk]), as_told(mei, is_superuser="on", is_staff="on", user_permissions="1")
    )

    mei.refresh_from_db()
    assert not mei.is_superuser


def test_oneself_and_people_of_foreign_shops_are_read_only(
    ada: User, shop: Shop, other_shop: Shop, client: Client
) -> None:
    both = make_person(shops=(shop, other_shop))
    client.force_login(ada)

    for person in (ada, both):
        address = reverse(CHANGE, args=[person.pk])

        assert client.get(address).status_code == 200
        assert client.post(address, as_told(person, role="analyst")).status_code == 403
        assert client.get(reverse("admin:auth_user_password_change", args=[person.pk])).status_code == 403


def test_people_of_another_shop_are_not_found(ada: User, vera: User, client: Client) -> None:
    client.force_login(ada)

    listed = client.get(reverse(PEOPLE)).context["cl"].queryset
    response = client.get(reverse(CHANGE, args=[vera.pk]))

    assert vera not in listed
    assert response.status_code == 302
    assert client.get(reverse("admin:auth_user_password_change", args=[vera.pk])).status_code == 404


def test_setting_a_password_is_audited_without_the_password(ada: User, mei: User, client: Client) -> None:
    client.force_login(ada)
    told = {"password1": "kettle-and-lantern", "password2": "kettle-and-lantern", "usable_password": "true"}

    client.post(reverse("admin:auth_user_password_change", args=[mei.pk]), told)

    assert lets_in("mei", "kettle-and-lantern")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.details) == ("accounts.set-password", {})


@pytest.fixture
def entry(shop: Shop, mei: User) -> AuditEntry:
    return audit.record(
        by=mei,
        verb="tickets.move",
        on=shop,
        at=MONDAY_9AM,
        shop_key=shop.key,
        note="<script>alert(1)</script>",
    )


def test_the_trail_shows_details_as_text(omar: User, entry: AuditEntry, client: Client) -> None:
    client.force_login(omar)

    page = client.get(reverse("admin:accounts_auditentry_change", args=[entry.pk])).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_nobody_changes_the_trail_by_any_page(root: User, entry: AuditEntry, client: Client) -> None:
    client.force_login(root)
    addresses = {
        name: reverse(
            f"admin:accounts_auditentry_{name}", args=[] if name in {"add", "changelist"} else [entry.pk]
        )
        for name in ("add", "change", "delete")
    }

    answers = {
        name: client.post(address, {"verb": "nothing"}).status_code for name, address in addresses.items()
    }
    bulk = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    client.post(reverse("admin:accounts_auditentry_changelist"), bulk)

    assert answers == {"add": 403, "change": 403, "delete": 403}
    assert AuditEntry.objects.get() == entry


def test_nobody_changes_the_trail_by_the_orm(entry: AuditEntry) -> None:
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(verb="x"),
    ):
        with pytest.raises(TypeError):
            attempt()


@pytest.mark.parametrize("statement", ["UPDATE {} SET verb = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_raw_changes_of_the_trail(entry: AuditEntry, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("accounts_auditentry"))

    assert AuditEntry.objects.get().verb == "tickets.move"


def test_an_entry_of_another_shop_looks_like_a_missing_one(
    entry: AuditEntry, other_shop: Shop, client: Client
) -> None:
    client.force_login(make_person(role=Role.LEAD, shops=(other_shop,)))
    addresses = [reverse("admin:accounts_auditentry_change", args=[key]) for key in (entry.pk, 10**6)]

    seen, unseen = (client.get(address) for address in addresses)

    assert (seen.status_code, seen["Location"]) == (unseen.status_code, unseen["Location"])
    assert seen.status_code == 302
