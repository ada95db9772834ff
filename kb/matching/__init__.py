"""Which article answers a question, and how sure: pure Python, no Django.

matcher = train([Entry("returns", "How do I send something back?", ("return my order",))])
match = matcher.match("can I return this")
match.decision, match.candidates[0].id, match.candidates[0].confidence
"""

from kb.matching.artefact import UnreadableArtefactError
from kb.matching.entry import Entry
from kb.matching.match import Candidate, Decision, Match, Report, Thresholds
from kb.matching.matcher import Matcher
from kb.matching.training import ANSWER_PRECISION, OFFER_PRECISION, train
from kb.matching.trial import Point, Trial

__all__ = [
    "ANSWER_PRECISION",
    "OFFER_PRECISION",
    "Candidate",
    "Decision",
    "Entry",
    "Match",
    "Matcher",
    "Point",
    "Report",
    "Thresholds",
    "Trial",
    "UnreadableArtefactError",
    "train",
]
