"""The shape of what editors send."""

from kb.forms.article import ArticleForm
from kb.forms.examination import ExaminationForm

__all__ = ["ArticleForm", "ExaminationForm"]
