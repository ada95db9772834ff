"""An article's answers as they stand on its page for whoever may only read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kb.models import Article
from kb.queries import draft_of
from kb.rules import Draft
from kb.saying import cards_in_words, other_in_words


class AnswersInWords:
    """Read-only columns of an article's page; mixed into its admin."""

    @admin.display(description=_("answer"))
    def answer(self, article: Article) -> str:
        return _latest(article).answer

    @admin.display(description=_("cards below it"))
    def cards(self, article: Article) -> str:
        rich = _latest(article).rich
        return "\n".join(cards_in_words(rich.cards)) if rich else ""

    @admin.display(description=_("other answers"))
    def others(self, article: Article) -> str:
        return "\n\n".join(map(other_in_words, _latest(article).others or ()))

    @admin.display(description=_("wordings that ask something else"))
    def negatives(self, article: Article) -> str:
        return "\n".join(_latest(article).negatives or ())

    @admin.display(description=_("negative keywords"))
    def negative_keywords(self, article: Article) -> str:
        return "\n".join(_latest(article).negative_keywords or ())

    @admin.display(description=_("tell a person too"), boolean=True)
    def tell_person(self, article: Article) -> bool:
        return bool(_latest(article).tell_person)


def _latest(article: Article) -> Draft:
    return draft_of(article.latest_version) if article.latest_version else Draft(article.key, "")
