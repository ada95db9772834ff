"""What customers would be told if some versions went live and some articles were withdrawn. Nothing is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kb import live
from kb.answers import Situation
from kb.answers.cards import card_as_json
from kb.comparing import Outcome
from kb.live import Knowledge
from kb.matching import Decision, Match
from kb.matching.keywords import Keywords
from kb.models import Article, ArticleVersion
from kb.queries import Changes, LiveAnswer, batches, served

MOST_OFFERED: Final = 3


@dataclass(frozen=True, slots=True)
class Prospect:
    """The knowledge that is live, and what some changes would make of it."""

    live: Knowledge
    then: Knowledge


def prospect(shop_id: int, versions: Iterable[ArticleVersion], withdrawn: Iterable[str] = ()) -> Prospect:
    """With these versions live and the articles of these keys withdrawn: as customers would be answered at once.

    The training that follows a publish may make the bot surer still.
    """
    knowledge = live.peek(shop_id)
    return Prospect(
        knowledge, with_changes(knowledge, Changes(tuple(map(served, versions)), frozenset(withdrawn)))
    )


def taken_in(versions: Sequence[ArticleVersion]) -> list[Article]:
    """The live articles that go when these versions go live, because one of theirs takes them in.

    An article that goes live itself is not taken in any more.
    """
    beginning = {version.article_id for version in versions}
    rows = Article.objects.live().select_related("merged_into", "planned_version").order_by("pk")
    return [
        article
        for some in batches(sorted(beginning))
        for article in rows.filter(merged_into__in=some)
        if article.pk not in beginning
    ]


def with_changes(knowledge: Knowledge, changes: Changes) -> Knowledge:
    """The knowledge as it would be after these changes."""
    matcher = knowledge.matcher.with_changes(changed=changes.entries, removed=changes.withdrawn)
    answers = changes.applied_to(knowledge.answers)
    keywords = Keywords.of({key: answer.negative_keywords for key, answer in answers.items()})
    return replace(knowledge, matcher=matcher, answers=answers, keywords=keywords)


def outcome(knowledge: Knowledge, match: Match, situation: Situation | None = None) -> Outcome:
    """What the bot would do with what was matched, for a customer in this situation; without one, the base answer."""
    found = [answer for one in match.candidates if (answer := knowledge.answer(one.id))]
    if match.decision is Decision.ANSWER and found[:1] and found[0].key == match.candidates[0].id:
        return Outcome(Decision.ANSWER, (found[0].key,), _said(found[0], situation))
    if match.decision is Decision.OFFER and found:
        return Outcome(Decision.OFFER, tuple(answer.key for answer in found[:MOST_OFFERED]))
    return Outcome(Decision.HAND_OVER)


def _said(answer: LiveAnswer, situation: Situation | None) -> str:
    """The answer's words, and each card's fields in a line; live values stay as their placeholders."""
    if situation is None:
        return answer.answer
    told = answer.whole.told(situation, lambda names: {name: f"{{{name}}}" for name in names})
    # Not the card's kind: that is a word of ours, in no language of the reader's.
    fields = [list(card_as_json(card).values())[1:] for card in told.cards]
    return "\n".join((told.body, *(f"[{' · '.join(some)}]" for some in fields)))
