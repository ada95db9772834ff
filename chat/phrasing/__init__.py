"""A language model's words for what the articles say: asked, checked, and left aside at the first doubt.

Knows no database: a task in, words or NoWords out.
"""

from chat.phrasing.checks import checked
from chat.phrasing.outcome import NoWords, Outcome
from chat.phrasing.task import Task

__all__ = ["NoWords", "Outcome", "Task", "checked"]
