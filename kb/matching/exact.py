"""Finds the entry whose wording a message repeats word for word."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kb.matching.entry import Entry
from kb.matching.normalise import Normaliser


@dataclass(frozen=True, slots=True)
class ExactMap:
    """Wordings, normalised, and the entries that have each; a wording of two entries decides nothing."""

    owners: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, entries: Iterable[Entry], normaliser: Normaliser) -> "ExactMap":
        """Note every wording that keeps at least one letter or digit when it is normalised."""
        owners: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            for key in {normaliser.key(wording) for wording in entry.wordings} - {""}:
                owners[key] = (*owners.get(key, ()), entry.id)
        return cls(owners)

    def without(self, ids: Collection[str]) -> "ExactMap":
        """The same map, these entries forgotten."""
        kept = {key: tuple(id for id in owners if id not in ids) for key, owners in self.owners.items()}
        return ExactMap({key: owners for key, owners in kept.items() if owners})

    def merged(self, other: "ExactMap") -> "ExactMap":
        """Both maps as one."""
        joined = dict(self.owners)
        for key, owners in other.owners.items():
            joined[key] = (*joined.get(key, ()), *owners)
        return ExactMap(joined)

    def find(self, key: str) -> str | None:
        """The one entry with this wording, if there is exactly one."""
        owners = self.owners.get(key, ())
        return owners[0] if len(owners) == 1 else None
