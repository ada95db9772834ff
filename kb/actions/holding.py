"""Holding back a release that would lose the answer to a golden question, without keeping anybody else waiting.

Asking takes seconds, and the shop's lock is on SQLite everybody's. So a verb that comes to a release of which nobody has
asked yet leaves its transaction, has the questions asked, and begins anew; behind the lock it only looks whether what
was asked about is still what is there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.common.errors import NotAllowed, Refusal
from kb import golden, live
from kb.comparing import Outcome
from kb.foresight import Prospect, with_changes
from kb.golden import Golden, Regression
from kb.live import Knowledge
from kb.models import Article, ArticleVersion
from kb.queries import Changes, Edition, edition, served

Move = tuple[Article, ArticleVersion | None]
T = TypeVar("T")

LONGEST_REASON: Final = 500
_NAMED: Final = 3
# Somebody who publishes or trains all the time makes every answer old: then it is asked behind the lock after all.
_TRIES: Final = 3


class GoldenRegression(Refusal):
    """`regressions` are the golden questions that would be lost, all of them."""

    code = "kb.golden-regression"
    status = 409
    sentence = _(
        "Held back: golden questions would no longer be answered as they must be (%(count)s): %(questions)s. "
        "A team lead may decide otherwise, with a reason."
    )

    def __init__(self, regressions: Sequence[Regression]) -> None:
        self.regressions = tuple(regressions)
        shown = [f"“{one.question}”" for one in regressions[:_NAMED]]
        more = ["…"] if len(regressions) > _NAMED else []
        super().__init__(count=len(regressions), questions=" ".join(shown + more))


@dataclass(frozen=True, slots=True)
class Step:
    """What a release would do: the version that each article goes to, and what golden questions want then."""

    shop_id: int
    moves: tuple[tuple[str, ArticleVersion | None], ...]
    golden: tuple[Golden, ...]

    @classmethod
    def of(cls, shop_id: int, moves: Iterable[Move], heirs: Mapping[str, str]) -> "Step":
        """`heirs` are the articles to which golden questions go with the release, by question."""
        listed = []
        for article, version in moves:
            if version is not None:
                version.article = article
            listed.append((article.key, version))
        listed.sort(key=lambda move: move[0])
        return cls(shop_id, tuple(listed), golden.questions_of(shop_id, heirs))


class _NotForeseen(Exception):  # noqa: N818 - nothing is wrong: it is to be asked first
    """A verb came to a step of which golden questions have not been asked."""

    def __init__(self, step: Step) -> None:
        super().__init__(f"shop {step.shop_id}: {len(step.moves)} moves")
        self.step = step


@dataclass(slots=True)
class Foreseen:
    """What golden questions say of the steps that a verb was about to make, each beside the edition it was asked of."""

    _told: list[tuple[Edition, Step, list[Regression]]] = field(default_factory=list)
    _live: Knowledge | None = None
    _now: dict[str, Outcome] = field(default_factory=dict)
    _behind_the_lock: bool = False

    def carry_out(self, verb: Callable[[], T]) -> T:
        """The verb in one transaction, which it leaves as often as golden questions must be asked first."""
        for _time in range(_TRIES):
            try:
                with transaction.atomic():
                    return verb()
            except _NotForeseen as unseen:
                self.ask(unseen.step)
        self._behind_the_lock = True
        with transaction.atomic():
            return verb()

    def ask(self, step: Step) -> list[Regression]:
        """Asks the golden questions of this step; how they fare now is asked once for each edition."""
        if not step.golden:
            return []
        # What is read in a transaction may yet be rolled back: it is not kept for others.
        knowledge = live.peek(step.shop_id) if connection.in_atomic_block else live.knowledge(step.shop_id)
        if self._live is None or self._live.edition != knowledge.edition:
            self._live, self._now = knowledge, {}
        changes = Changes(
            tuple(served(version) for _key, version in step.moves if version),
            frozenset(key for key, version in step.moves if version is None),
        )
        view = Prospect(self._live, with_changes(self._live, changes))
        lost = golden.regressions(step.golden, view, self._now)
        self._told.append((self._live.edition, step, lost))
        return lost

    def lost(self, step: Step) -> list[Regression]:
        """What was found of this step, behind the lock. Raises what has carry_out begin anew when nothing was."""
        if not step.golden:
            return []
        now = edition(step.shop_id)
        for beside, told, lost in self._told:
            if beside == now and told == step:
                return lost
        if not self._behind_the_lock:
            raise _NotForeseen(step)
        return self.ask(step)


def foreseeing(verb: Callable[[Foreseen], T], seen: Foreseen | None) -> T:
    """Carries a verb out that makes a release: by itself, or as a part of another verb that has `seen` already."""
    if seen is None:
        seen = Foreseen()
        return seen.carry_out(lambda: verb(seen))
    with transaction.atomic():
        return verb(seen)


def hold(step: Step, seen: Foreseen, *, by: User | None, despite: str) -> dict[str, Any]:
    """Raises GoldenRegression when a golden question would be served less well after this step than now.

    With a reason, `despite`, it lets it pass for who may override; what that cost goes into the audit's details.
    Called behind the knowledge base's lock, so that nothing goes live in between.
    """
    lost = seen.lost(step)
    if not lost:
        return {}
    if not despite.strip():
        raise GoldenRegression(lost)
    if by is None or not by.may(Permission.KB_OVERRIDE):
        raise NotAllowed
    return {"despite": despite.strip()[:LONGEST_REASON], "golden": [one.question for one in lost]}
