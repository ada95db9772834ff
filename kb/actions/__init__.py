"""The verbs of the knowledge base."""

from kb.actions.drafts import save_draft, save_drafts
from kb.actions.publishing import publish, restore, withdraw

__all__ = ["publish", "restore", "save_draft", "save_drafts", "withdraw"]
