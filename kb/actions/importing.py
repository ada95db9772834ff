"""Taking in many articles at once: all of them or none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from cscore.compliance.queries import ShopChecker, checker_for
from kb import queries
from kb.actions.drafts import clashes, save_drafts
from kb.actions.publishing import NothingToPublish, publish, unpublishable
from kb.findings import found_in
from kb.imports import Issue, Sheet
from kb.models import Article, ArticleVersion, KnowledgeBase
from kb.rules import Draft, completed


class Phase(StrEnum):
    """What a long import is at; the first and the longer one leaves everybody else at work."""

    CHECKING = "checking"
    STORING = "storing"


Progress = Callable[[Phase, int], None]
_TOLD_EACH: Final = 500


class BadImport(Refusal):
    """`issues` says what is wrong on which line."""

    code = "kb.bad-import"
    status = 422
    sentence = _("Nothing was imported: %(count)s lines must be corrected first.")

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        super().__init__(count=len({issue.line for issue in issues}))


class NobodyApprovedIt(Refusal):
    code = "kb.nobody-approved-it"
    status = 409
    sentence = _(
        "By this shop's two-person rule nothing goes live that nobody approved: import without publishing, then "
        "ask for a review."
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """How many articles are new, changed and as they were; the release, when something went live."""

    new: int
    changed: int
    same: int
    release: int | None


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

    Raises BadImport, with every issue that can be found, NobodyApprovedIt and the refusals of publish.
    """
    drafts = list(sheet.drafts.values())
    checker = checker_for(shop).remembering()
    check_import(
        shop=shop,
        sheet=sheet,
        at=at,
        to_publish=to_publish,
        checker=checker,
        progress=partial(progress, Phase.CHECKING),
    )
    # Everything has been read and judged: what is left needs the lock, and holds up nobody for long.
    with transaction.atomic():
        known = queries.articles_by_key(shop, [draft.key for draft in drafts])
        before = {key: article.latest_version_id for key, article in known.items()}
        latest = save_drafts(
            shop=shop,
            drafts=drafts,
            by=by,
            at=at,
            progress=partial(progress, Phase.STORING),
            checker=checker,
        )
        release = _published(latest, by, at, checker) if to_publish else None
    new = sum(version.article.key not in before for version in latest)
    same = sum(before.get(version.article.key) == version.pk for version in latest)
    return Imported(new, len(latest) - new - same, same, release)


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
    """Raises BadImport with every issue, or NobodyApprovedIt, as an import would, and writes nothing."""
    if to_publish and KnowledgeBase.objects.filter(shop=shop, two_people=True).exists():
        raise NobodyApprovedIt
    checker = checker or checker_for(shop)
    found = _issues(shop, sheet, at, checker, progress, to_publish=to_publish)
    if issues := (*sheet.issues, *found):
        raise BadImport(tuple(sorted(issues, key=lambda issue: issue.line)))


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
    versions: list[ArticleVersion], by: User | None, at: datetime, checker: ShopChecker
) -> int | None:
    try:
        return publish(versions=versions, by=by, at=at, checker=checker)
    except NothingToPublish:
        return None
