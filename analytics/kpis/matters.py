"""Who came back about the same matter."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from analytics.kpis.outcomes import RECONTACT_WINDOW


@dataclass(frozen=True, slots=True)
class Contact:
    """One conversation of one person. `matters` are the articles and orders it was about; empty: not known."""

    id: UUID
    person: str
    began_at: datetime
    ended_at: datetime | None
    matters: frozenset[str]

    def may_be_about(self, other: "Contact") -> bool:
        """A contact of unknown matter counts as the same: no success is claimed from not knowing."""
        return not self.matters or not other.matters or bool(self.matters & other.matters)


def returns(contacts: Iterable[Contact]) -> dict[UUID, datetime]:
    """When the person of an ended contact next began one that may be about the same, within 72 hours."""
    by_person: dict[str, list[Contact]] = defaultdict(list)
    for contact in sorted(contacts, key=lambda contact: contact.began_at):
        by_person[contact.person].append(contact)
    found = {}
    for visits in by_person.values():
        for position, contact in enumerate(visits):
            if returned_at := _return(contact, visits[position + 1 :]):
                found[contact.id] = returned_at
    return found


def _return(contact: Contact, later: list[Contact]) -> datetime | None:
    if contact.ended_at is None:
        return None
    latest = contact.ended_at + RECONTACT_WINDOW
    soon = (other.began_at for other in later if other.began_at <= latest and contact.may_be_about(other))
    return next(soon, None)
