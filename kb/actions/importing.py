"""Taking in many articles at once: all of them or none."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from cscore.common.sqlite import room_for_pages
from cscore.compliance.queries import ShopChecker, checker_for
from kb import queries
from kb.actions.base import locked
from kb.actions.drafts import clashes, store_drafts
from kb.actions.holding import Foreseen, Move, Step
from kb.actions.publishing import NothingToPublish, publish, unpublishable
from kb.actions.pushing import ChangedMeanwhile
from kb.actions.writer import Writing, writing
from kb.findings import found_in
from kb.foresight import taken_in
from kb.golden import heirs_of
from kb.imports import Issue, Sheet
from kb.models import Article, ArticleVersion, Category, KnowledgeBase
from kb.rules import Draft, completed, tidied


class Phase(StrEnum):
    """What a long import is at; the first and the longer one leaves everybody else at work."""

    CHECKING = "checking"
    STORING = "storing"


Progress = Callable[[Phase, int], None]
_TOLD_EACH: Final = 500
_TRIES: Final = 4


class BadImport(Refusal):
    """`issues` says what is wrong on which line."""

    code = "kb.bad-import"
    status = 422
    sentence = _("Nothing was imported: %(count)s lines must be corrected first.")

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        super().__init__(count=len({issue.line for issue in issues}))


class RowsChangedMeanwhile(BadImport):
    """`issues` names each row that would write over a text that whoever sent it has not read."""

    code = "kb.rows-changed-meanwhile"
    status = 409
    sentence = _("Nothing was written: %(count)s articles have another text than the one you read.")


class NobodyApprovedIt(Refusal):
    code = "kb.nobody-approved-it"
    status = 409
    sentence = _(
        "By this shop's two-person rule nothing goes live that nobody approved: import without publishing, then "
        "ask for a review."
    )


class ShopNeverStill(Refusal):
    code = "kb.shop-never-still"
    status = 409
    sentence = _("Others changed articles, categories or rules all the while: import the file again.")


@dataclass(frozen=True, slots=True)
class Imported:
    """How many articles are new, changed and as they were; the release, when something went live.

    `drafted` are the versions that were written and are not live.
    """

    new: int
    changed: int
    same: int
    release: int | None
    drafted: tuple[int, ...] = ()


def summary(done: Imported) -> str:
    """What came of it, for people."""
    counts = {"new": done.new, "changed": done.changed, "same": done.same}
    said = gettext("Imported: %(new)s new, %(changed)s changed, %(same)s unchanged.") % counts
    if done.release:
        said += " " + gettext("Live as release %(release)s.") % {"release": done.release}
    return said


def import_articles(
    *,
    shop: Shop,
    sheet: Sheet,
    by: User | None,
    at: datetime,
    to_publish: bool = False,
    progress: Progress = lambda phase, done: None,
) -> Imported:
    """Saves every draft of the sheet and, if asked, publishes them as one release; the same file again does nothing.

    Everything is read, judged and made ready while others work; the shop's lock is held only while rows are written.
    Where the shop's articles, categories or rules moved in between, all of it is done again.

    Raises BadImport, with every issue that can be found, RowsChangedMeanwhile, NobodyApprovedIt and the refusals of
    publish.
    """
    seen = Foreseen()
    for tries_left in reversed(range(_TRIES)):
        ready = _made_ready(shop, sheet, by, at, to_publish=to_publish, progress=progress)
        if to_publish:
            seen.ask(_step(shop, ready.made.latest))
        store = partial(_stored, ready, by, at, seen, to_publish=to_publish, progress=progress)
        try:
            with room_for_pages():
                return seen.carry_out(store)
        except _Moved:
            if not tries_left:
                raise ShopNeverStill from None
    raise ShopNeverStill


class _Moved(Exception):  # noqa: N818 - nothing is wrong: it is to be made ready again
    """What an import was made ready for is not what is there."""


@dataclass(frozen=True, slots=True)
class _Ready:
    shop: Shop
    beside: object
    made: Writing
    checker: ShopChecker
    known: Collection[str]


def _made_ready(
    shop: Shop, sheet: Sheet, by: User | None, at: datetime, *, to_publish: bool, progress: Progress
) -> _Ready:
    """Raises BadImport and NobodyApprovedIt."""
    # Before anything else is read: what moves from now on is noticed.
    beside = _standing(shop)
    checker = checker_for(shop).remembering()
    check_import(
        shop=shop,
        sheet=sheet,
        at=at,
        to_publish=to_publish,
        checker=checker,
        progress=partial(progress, Phase.CHECKING),
    )
    drafts = [tidied(draft) for draft in sheet.drafts.values()]
    made = writing(shop=shop, drafts=drafts, by=by, at=at, checker=checker)
    return _Ready(shop, beside, made, checker, frozenset(key for _pk, key, *_rest in beside[0]))


def _standing(shop: Shop) -> tuple[list[tuple[Any, ...]], ...]:
    """All that an import depends on: the shop's articles with their latest versions, its categories, its rules.

    Versions are never edited, so which one is the latest says what an article says.
    """
    articles = Article.objects.filter(shop=shop).order_by("pk")
    checker = checker_for(shop)
    return (
        list(articles.values_list("pk", "key", "latest_version", "category", "archived_at")),
        list(Category.objects.filter(shop=shop).order_by("pk").values_list("pk", "name")),
        # Each is made anew only when a rule has changed.
        [(checker.starter, checker.own)],
    )


def _stored(
    ready: _Ready,
    by: User | None,
    at: datetime,
    seen: Foreseen,
    *,
    to_publish: bool,
    progress: Progress,
) -> Imported:
    base, made = locked(ready.shop.pk), ready.made
    if _standing(ready.shop) != ready.beside:
        raise _Moved
    store_drafts(made, base, by, at, partial(progress, Phase.STORING))
    release = _published(made.latest, by, at, ready.checker, seen) if to_publish else None
    new = sum(version.article.key not in ready.known for version in made.latest)
    same = len(made.latest) - len(made.versions)
    drafted = () if release else tuple(version.pk for version in made.versions)
    return Imported(new, len(made.versions) - new, same, release, drafted)


def _step(shop: Shop, versions: Sequence[ArticleVersion]) -> Step:
    """What publishing these versions, made ready, would do."""
    moves: list[Move] = [(one.article, one) for one in versions if one.article.live_version_id != one.pk]
    taken = taken_in([version for _article, version in moves if version])
    heirs = {question.question: heir.key for question, heir in heirs_of(taken)}
    return Step.of(shop.pk, [*moves, *((article, None) for article in taken)], heirs)


def try_import(*, shop: Shop, sheet: Sheet, at: datetime, to_publish: bool = False) -> Imported:
    """What an import would do; nothing is written. Raises BadImport."""
    check_import(shop=shop, sheet=sheet, at=at, to_publish=to_publish)
    drafts = list(sheet.drafts.values())
    known = queries.articles_by_key(shop, [draft.key for draft in drafts])
    found = [(known[draft.key], draft) for draft in drafts if draft.key in known]
    same = sum(_says_already(article, draft) for article, draft in found)
    return Imported(len(drafts) - len(found), len(found) - same, same, None)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a draft is to the shop: new, a change or what its article says already; and whom it clashes with."""

    known: bool
    same: bool
    clash: Refusal | None

    @property
    def worth_taking(self) -> bool:
        return self.clash is None and not self.same


def standing_of(shop: Shop, drafts: Sequence[Draft]) -> list[Standing]:
    """Each draft beside the shop's articles and the drafts before it."""
    known = queries.articles_by_key(shop, [draft.key for draft in drafts])
    meeting = dict(clashes(shop, drafts))
    return [
        Standing(
            draft.key in known,
            draft.key in known and _says_already(known[draft.key], draft),
            meeting.get(place),
        )
        for place, draft in enumerate(drafts)
    ]


def _says_already(article: Article, draft: Draft) -> bool:
    latest = article.latest_version
    if latest is None:
        return False
    before = replace(queries.draft_of(latest), category=article.category.name if article.category else "")
    return (
        completed(
            replace(draft, category=before.category if draft.category is None else draft.category), before
        )
        == before
    )


def check_import(
    *,
    shop: Shop,
    sheet: Sheet,
    at: datetime,
    to_publish: bool,
    checker: ShopChecker | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Raises BadImport with every issue, RowsChangedMeanwhile or NobodyApprovedIt, as an import would; writes nothing."""
    if to_publish and KnowledgeBase.objects.filter(shop=shop, two_people=True).exists():
        raise NobodyApprovedIt
    if changed := tuple(_changed_meanwhile(shop, sheet)):
        raise RowsChangedMeanwhile(changed)
    checker = checker or checker_for(shop)
    found = _issues(shop, sheet, at, checker, progress, to_publish=to_publish)
    if issues := (*sheet.issues, *found):
        raise BadImport(tuple(sorted(issues, key=lambda issue: issue.line)))


def _changed_meanwhile(shop: Shop, sheet: Sheet) -> Iterator[Issue]:
    """The rows that were written over a version which is not the latest any more."""
    if not sheet.written_on:
        return
    known = queries.articles_by_key(shop, [sheet.drafts[line].key for line in sheet.written_on])
    standing = {key: row.latest_version.number for key, row in known.items() if row.latest_version}
    for line, number in sheet.written_on.items():
        if standing.get(sheet.drafts[line].key, 0) != number:
            yield Issue(line, ChangedMeanwhile(key=sheet.drafts[line].key))


def _issues(
    shop: Shop,
    sheet: Sheet,
    at: datetime,
    checker: ShopChecker,
    progress: Callable[[int], None],
    *,
    to_publish: bool,
) -> Iterator[Issue]:
    """What only the shop's other articles and its wording rules can tell."""
    lines = list(sheet.drafts)
    for place, clash in clashes(shop, list(sheet.drafts.values())):
        yield Issue(lines[place], clash)
    for done, (line, draft) in enumerate(sheet.drafts.items(), start=1):
        if checker.known is not None:
            found_in(checker, draft, at)
        if to_publish and (refusal := unpublishable(checker, draft, at)):
            yield Issue(line, refusal)
        if done % _TOLD_EACH == 0:
            progress(done)


def _published(
    versions: list[ArticleVersion], by: User | None, at: datetime, checker: ShopChecker, seen: Foreseen
) -> int | None:
    try:
        return publish(versions=versions, by=by, at=at, checker=checker, seen=seen)
    except NothingToPublish:
        return None
