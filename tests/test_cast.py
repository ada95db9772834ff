"""The cast stands on real rows: everyone has the role and the shop that the tests count on."""

from chat.models import Message
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Order, Shop
from tests.factories import make_article, make_conversation, make_message, make_ticket


def test_each_member_of_the_staff_may_do_his_own_work(mei: User, omar: User, lin: User, zhou: User) -> None:
    assert mei.may(Permission.CHAT_SERVE)
    assert omar.may(Permission.CHAT_SUPERVISE)
    assert lin.may(Permission.KB_PUBLISH)
    assert zhou.may(Permission.REPORTS_VIEW)


def test_the_administrator_works_in_one_shop_and_the_superuser_in_none(
    ada: User, root: User, shop: Shop
) -> None:
    assert list(ada.shops.all()) == [shop]
    assert not root.shops.exists()


def test_vera_works_for_the_other_shop_only(vera: User, other_shop: Shop) -> None:
    assert list(vera.shops.all()) == [other_shop]


def test_the_order_has_two_lines_and_a_parcel(order: Order) -> None:
    assert order.lines.count() == 2
    assert order.parcels.count() == 1


def test_rows_of_every_floor_can_be_made(shop: Shop) -> None:
    make_ticket(shop=shop)
    make_article(shop=shop, live=True)
    conversation = make_conversation(shop=shop)

    make_message(conversation=conversation, body="Where is my parcel?")
    make_message(conversation=conversation, body="Hello?")

    assert list(Message.objects.values_list("seq", flat=True).order_by("seq")) == [1, 2]
