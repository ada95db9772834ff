import pytest

from cscore.accounts import actions
from cscore.accounts.models import AuditEntry, User
from cscore.accounts.permissions import Permission
from cscore.accounts.roles import Role
from cscore.commerce.models import Shop
from tests.factories import MONDAY_9AM, make_person


def test_who_is_invited_works_in_the_shop_with_his_role_at_once(ada: User, shop: Shop) -> None:
    person = actions.invite(
        username="wu",
        display_name="Wu",
        role=Role.EDITOR,
        shop_ids=[shop.pk],
        password="a-long-pass-phrase",
        by=ada,
        at=MONDAY_9AM,
    )

    assert person.may(Permission.KB_EDIT)
    assert not person.may(Permission.CHAT_SERVE)
    assert person.is_staff
    assert person.check_password("a-long-pass-phrase")
    assert list(person.shops.all()) == [shop]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.shop_key) == ("accounts.invite", ada, shop.key)


def test_a_name_is_given_once(ada: User, shop: Shop, mei: User) -> None:
    with pytest.raises(actions.NameTaken):
        actions.invite(
            username="mei", display_name="M", role=Role.AGENT, shop_ids=[shop.pk], password=None, by=ada, at=MONDAY_9AM
        )  # fmt: skip


@pytest.mark.parametrize("shops", ["other", "none", "both"])
def test_an_administrator_invites_into_his_own_shops_only(
    ada: User, shop: Shop, other_shop: Shop, shops: str
) -> None:
    shop_ids = {"other": [other_shop.pk], "none": [], "both": [shop.pk, other_shop.pk]}[shops]

    with pytest.raises(actions.NotYourShop):
        actions.invite(
            username="wu", display_name="Wu", role=Role.AGENT, shop_ids=shop_ids, password=None, by=ada, at=MONDAY_9AM
        )  # fmt: skip

    assert not User.objects.filter(username="wu").exists()


def test_a_superuser_invites_into_any_shop(root: User, other_shop: Shop) -> None:
    person = actions.invite(
        username="wu", display_name="Wu", role=Role.ADMINISTRATOR, shop_ids=[other_shop.pk], password=None, by=root, at=MONDAY_9AM
    )  # fmt: skip

    assert list(person.shops.all()) == [other_shop]
    assert not person.has_usable_password()


def test_a_role_changes_what_one_may_do_and_is_audited_before_and_after(ada: User, mei: User) -> None:
    actions.set_role(person=mei, role=Role.LEAD, by=ada, at=MONDAY_9AM)

    assert User.objects.get(pk=mei.pk).may(Permission.CHAT_SUPERVISE)
    assert AuditEntry.objects.get().details == {"before": "agent", "after": "lead"}


def test_a_role_that_nobody_knows_is_refused(ada: User, mei: User) -> None:
    with pytest.raises(actions.UnknownRole):
        actions.set_role(person=mei, role="emperor", by=ada, at=MONDAY_9AM)


def test_the_suspended_may_do_nothing_until_they_are_back(ada: User, mei: User) -> None:
    actions.suspend(person=mei, by=ada, at=MONDAY_9AM)
    assert not mei.may(Permission.CHAT_SERVE)

    actions.reinstate(person=mei, by=ada, at=MONDAY_9AM)
    assert mei.may(Permission.CHAT_SERVE)

    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["accounts.suspend", "accounts.reinstate"]


def test_nobody_changes_himself_nor_a_superuser_nor_somebody_of_a_foreign_shop(
    ada: User, root: User, vera: User, shop: Shop, other_shop: Shop
) -> None:
    both = make_person(shops=(shop, other_shop))

    for person in (ada, root, vera, both):
        with pytest.raises(actions.NotYourPerson):
            actions.set_role(person=person, role=Role.AGENT, by=ada, at=MONDAY_9AM)
        with pytest.raises(actions.NotYourPerson):
            actions.suspend(person=person, by=ada, at=MONDAY_9AM)

    assert not AuditEntry.objects.exists()


def test_a_superuser_changes_anybody_but_himself(root: User, vera: User, ada: User) -> None:
    for person in (vera, ada):
        actions.set_role(person=person, role=Role.ANALYST, by=root, at=MONDAY_9AM)

    with pytest.raises(actions.NotYourPerson):
        actions.suspend(person=root, by=root, at=MONDAY_9AM)


def test_moving_somebody_is_read_in_the_trail_of_both_shops(
    root: User, mei: User, shop: Shop, other_shop: Shop
) -> None:
    actions.set_shops(person=mei, shop_ids=[other_shop.pk], by=root, at=MONDAY_9AM)

    assert list(mei.shops.all()) == [other_shop]
    entries = AuditEntry.objects.all()
    assert {entry.shop_key for entry in entries} == {shop.key, other_shop.key}
    assert entries[0].details == {"before": [shop.key], "after": [other_shop.key]}


def test_one_may_rename_oneself(mei: User) -> None:
    actions.rename(person=mei, display_name="Mei Mei", email="mei@shop.example", by=mei, at=MONDAY_9AM)

    mei.refresh_from_db()
    assert (mei.display_name, mei.email) == ("Mei Mei", "mei@shop.example")
