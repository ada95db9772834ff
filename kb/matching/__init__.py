"""Which article answers a question, and how sure: pure Python, no Django.

matcher = train([Entry("returns", "How do I send something back?", ("return my order",))])
match = matcher.match("can I return this")
match.decision, match.candidates[0].id, match.candidates[0].confidence
"""

from kb.matching.artefact import UnreadableArtefactError
from kb.matching.entry import Entry
from kb.matching.keywords import Keywords
from kb.matching.match import Candidate, Decision, Match, Report, RuledOut, Thresholds
from kb.matching.matcher import Matcher
from kb.matching.training import ANSWER_PRECISION, OFFER_PRECISION, train
from kb.matching.trial import Point, Trial
from kb.matching.verdicts import Verdict

__all__ = [
    "ANSWER_PRECISION",
    "OFFER_PRECISION",
    "Candidate",
    "Decision",
    "Entry",
    "Keywords",
    "Match",
    "Matcher",
    "Point",
    "Report",
    "RuledOut",
    "Thresholds",
    "Trial",
    "UnreadableArtefactError",
    "Verdict",
    "train",
]
