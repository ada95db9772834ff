"""Everything a matcher knows: what was trained, and what has changed since."""

from dataclasses import dataclass

from kb.matching.entry import Entry
from kb.matching.exact import ExactMap
from kb.matching.match import Report, Thresholds
from kb.matching.model import Model
from kb.matching.trial import Trial


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A trained model and the entries changed since.

    `gone` are the trained entries that are no longer served as trained: removed, or replaced by one in `changed`.
    """

    model: Model
    trial: Trial
    thresholds: Thresholds
    report: Report
    exact: ExactMap
    changed: tuple[Entry, ...] = ()
    gone: frozenset[str] = frozenset()
