import pytest

from cscore.compliance.numbers import is_bankcard, is_idcard, is_phone
from tests.compliance.rulebook import places


def test_an_identity_number_needs_its_check_character() -> None:
    assert is_idcard("11010519491231002x")
    assert not is_idcard("110105194912310021")
    assert not is_idcard("11010539491231002x")
    assert not is_idcard("1101051949123100")


def test_a_card_number_needs_a_known_scheme_and_the_luhn_digit() -> None:
    assert is_bankcard("4111111111111111")
    assert not is_bankcard("4111111111111112")
    assert not is_bankcard("9111111111111119")


def test_a_mobile_number_has_eleven_digits_and_begins_with_13_to_19() -> None:
    assert is_phone("13800138000")
    assert not is_phone("12800138000")
    assert not is_phone("138001380001")


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "幺三八零零幺三八零零零",
        "1 3 8 0 0 1 3 8 0 0 0",
    ],
)
def test_a_phone_number_is_found_as_people_write_it(written: str) -> None:
    assert places(f"电话{written}。", "{phone}") == [written]


@pytest.mark.parametrize(
    "other", ["订单2025111113800138000", "15 20 300 4000", "1380013800012", "2026-01-01 12:30"]
)
def test_other_numbers_are_no_phone_number(other: str) -> None:
    assert places(other, "{phone}") == []


def test_a_phone_number_beside_a_date_is_still_one() -> None:
    assert places("2026-01-01 13800138000", "{phone}") == ["13800138000"]


def test_an_identity_number_may_end_in_x() -> None:
    assert places("证件11010519491231002X是您吗", "{idcard}") == ["11010519491231002X"]


def test_a_card_number_may_stand_in_groups_of_four() -> None:
    assert places("卡号 4111 1111 1111 1111", "{bankcard}") == ["4111 1111 1111 1111"]
