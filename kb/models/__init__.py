from kb.models.article import (
    Article,
    ArticleQuerySet,
    ArticleState,
    ArticleVersion,
    Category,
    PlainJSON,
    ReviewState,
)
from kb.models.finding import RuleHit
from kb.models.golden import GoldenMove, GoldenQuestion
from kb.models.help_centre import HelpView, HelpVote
from kb.models.release import (
    KnowledgeBase,
    MatcherArtefact,
    Release,
    ReleaseVerb,
    ServingProcess,
    TrialTraining,
)
from kb.models.review import Comment, Review, Verdict

__all__ = [
    "Article",
    "ArticleQuerySet",
    "ArticleState",
    "ArticleVersion",
    "Category",
    "Comment",
    "GoldenMove",
    "GoldenQuestion",
    "HelpView",
    "HelpVote",
    "KnowledgeBase",
    "MatcherArtefact",
    "PlainJSON",
    "Release",
    "ReleaseVerb",
    "Review",
    "ReviewState",
    "RuleHit",
    "ServingProcess",
    "TrialTraining",
    "Verdict",
]
