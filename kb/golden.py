"""Golden questions: what some change of the knowledge would make of the answers that must not be lost."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Final

from kb.comparing import Outcome
from kb.foresight import Prospect, outcome, prospect, taken_in
from kb.live import Knowledge
from kb.models import Article, ArticleVersion, GoldenQuestion
from kb.queries import batches

# Each takes a few milliseconds, and whoever publishes waits.
MOST_KEPT: Final = 300


@dataclass(frozen=True, slots=True)
class Golden:
    """A question, the key of the article that must answer it now, and of the one that must after a change."""

    question: str
    key: str
    heir: str


@dataclass(frozen=True, slots=True)
class Regression:
    """A golden question that is served less well than now; `then` is what its customers would get instead."""

    question: str
    key: str
    now: Outcome
    then: Outcome


def questions_of(shop_id: int, heirs: Mapping[str, str] | None = None) -> tuple[Golden, ...]:
    """The shop's golden questions; `heirs` names the articles to which some of the questions go with a change."""
    rows = GoldenQuestion.objects.filter(shop=shop_id).order_by("pk").values_list("question", "article__key")
    return tuple(Golden(question, key, (heirs or {}).get(question, key)) for question, key in rows)


def heirs_of(taken: Sequence[Article]) -> list[tuple[GoldenQuestion, Article]]:
    """The golden questions of articles that are taken into others, each with the article that is to answer it."""
    into = {article.pk: article.merged_into for article in taken}
    rows = GoldenQuestion.objects.select_related("article").order_by("pk")
    found = [question for some in batches(list(into)) for question in rows.filter(article__in=some)]
    return [(question, heir) for question in found if (heir := into[question.article_id])]


def asked(knowledge: Knowledge, question: str) -> Outcome:
    """What the bot does with the question when a customer begins with it."""
    return outcome(knowledge, knowledge.match(question))


def regressions(
    golden: Iterable[Golden], view: Prospect, now: MutableMapping[str, Outcome] | None = None
) -> list[Regression]:
    """The golden questions that are answered rightly, or offer the right article, and would not do so as well.

    `now` remembers how the questions fare now: for whoever asks of several changes to the same knowledge.
    """
    found, known = [], {} if now is None else now
    for one in golden:
        # Asked of both in turn, a text is turned into a vector only once.
        if one.question not in known:
            known[one.question] = asked(view.live, one.question)
        before, then = known[one.question], asked(view.then, one.question)
        if then.is_right(one.heir) < before.is_right(one.key):
            found.append(Regression(one.question, one.heir, before, then))
    return found


def would_lose(
    shop_id: int, versions: Sequence[ArticleVersion], withdrawn: Iterable[str] = ()
) -> list[Regression]:
    """The golden questions that would be lost if these versions went live and articles of these keys were withdrawn."""
    taken = taken_in(versions)
    view = prospect(shop_id, versions, [*withdrawn, *(article.key for article in taken)])
    heirs = {question.question: heir.key for question, heir in heirs_of(taken)}
    return regressions(questions_of(shop_id, heirs), view)
