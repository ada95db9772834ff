from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from analytics.kpis.matters import Contact, returns
from tests.factories import MONDAY_9AM


def contact(hours: float, *matters: str, person: str = "li", open_still: bool = False) -> Contact:
    began_at = MONDAY_9AM + timedelta(hours=hours)
    ended_at = None if open_still else began_at + timedelta(minutes=30)
    return Contact(uuid4(), person, began_at, ended_at, frozenset(matters))


def first_return(first: Contact, *later: Contact) -> UUID | None:
    """The later contact that counts as the return of the first."""
    returned_at = returns([*later, first]).get(first.id)
    return next((other.id for other in later if other.began_at == returned_at), None)


def test_the_same_matter_within_72_hours_is_a_return() -> None:
    first, again = contact(0, "article 1"), contact(72, "article 2", "article 1")

    assert first_return(first, again) == again.id


@pytest.mark.parametrize(
    "other",
    [contact(5, "article 2"), contact(73, "article 1"), contact(5, "article 1", person="wang")],
    ids=["another matter", "too late", "another person"],
)
def test_other_contacts_are_no_return(other: Contact) -> None:
    assert first_return(contact(0, "article 1"), other) is None


@pytest.mark.parametrize(("first", "second"), [((), ("article 1",)), (("article 1",), ()), ((), ())])
def test_a_contact_of_unknown_matter_counts_as_a_return(
    first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    again = contact(5, *second)

    assert first_return(contact(0, *first), again) == again.id


def test_the_first_return_counts_and_unrelated_contacts_between_do_not_hide_it() -> None:
    between, again, later = contact(3, "orders"), contact(6, "article 1"), contact(9, "article 1")

    assert first_return(contact(0, "article 1"), between, again, later) == again.id


def test_nobody_returns_to_what_is_not_over() -> None:
    assert returns([contact(0, "article 1", open_still=True), contact(5, "article 1")]) == {}
