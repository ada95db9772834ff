"""The verbs of the knowledge base."""

from kb.actions.drafts import save_draft, save_drafts
from kb.actions.examining import BadQuestions, Examination, examine
from kb.actions.importing import BadImport, Imported, check_import, import_articles
from kb.actions.precision import ask_precision
from kb.actions.publishing import publish, restore, withdraw

__all__ = [
    "BadImport",
    "BadQuestions",
    "Examination",
    "Imported",
    "ask_precision",
    "check_import",
    "examine",
    "import_articles",
    "publish",
    "restore",
    "save_draft",
    "save_drafts",
    "withdraw",
]
