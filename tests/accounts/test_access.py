from cscore.accounts import access, audit
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from tests.factories import MONDAY_9AM, make_person


def test_one_sees_the_colleagues_of_ones_shops_without_superusers(
    ada: User, mei: User, vera: User, root: User, shop: Shop, other_shop: Shop
) -> None:
    both = make_person(shops=(shop, other_shop))
    root.shops.add(shop)

    assert set(access.people_of(ada)) == {ada, mei, both}
    assert set(access.people_of(vera)) == {vera, both}
    assert set(access.people_of(root)) == {ada, mei, both, vera, root}


def test_somebody_without_a_shop_sees_himself_alone(mei: User) -> None:
    alone = make_person()

    assert list(access.people_of(alone)) == [alone]
    assert not access.may_manage(alone, mei)
    assert not access.may_manage(mei, alone)


def test_the_trail_is_read_by_shop_newest_first(omar: User, root: User, shop: Shop, other_shop: Shop) -> None:
    for key in (shop.key, other_shop.key, "", shop.key):
        audit.record(by=None, verb="tickets.open", on=shop, at=MONDAY_9AM, shop_key=key)

    mine = list(access.audit_of(omar))

    assert [entry.shop_key for entry in mine] == [shop.key, shop.key]
    assert mine[0].pk > mine[1].pk
    assert access.audit_of(root).count() == 4
