"""The admin pages of the knowledge base."""

from kb.admin.article import ArticleAdmin
from kb.admin.golden import GoldenQuestionAdmin
from kb.admin.shelf import CategoryAdmin, ReleaseAdmin

__all__ = ["ArticleAdmin", "CategoryAdmin", "GoldenQuestionAdmin", "ReleaseAdmin"]
