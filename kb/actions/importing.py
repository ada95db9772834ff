"""Taking in many articles at once: all of them or none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from cscore.compliance.queries import checker_for
from kb import queries
from kb.actions.drafts import clashes, save_drafts
from kb.actions.publishing import NothingToPublish, publish, unpublishable
from kb.imports import Issue, Sheet
from kb.models import ArticleVersion


class BadImport(Refusal):
    """`issues` says what is wrong on which line."""

    code = "kb.bad-import"
    status = 422
    sentence = _("Nothing was imported: %(count)s lines must be corrected first.")

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        super().__init__(count=len({issue.line for issue in issues}))


@dataclass(frozen=True, slots=True)
class Imported:
    """How many articles are new, changed and as they were; the release, when something went live."""

    new: int
    changed: int
    same: int
    release: int | None


def import_articles(
    *,
    shop: Shop,
    sheet: Sheet,
    by: User | None,
    at: datetime,
    to_publish: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Imported:
    """Saves every draft of the sheet and, if asked, publishes them as one release; the same file again does nothing.

    Raises BadImport, with every issue that can be found, and the refusals of publish.
    """
    drafts = list(sheet.drafts.values())
    with transaction.atomic():
        check_import(shop=shop, sheet=sheet, at=at, to_publish=to_publish)
        known = queries.articles_by_key(shop, [draft.key for draft in drafts])
        before = {key: article.latest_version_id for key, article in known.items()}
        latest = save_drafts(shop=shop, drafts=drafts, by=by, at=at, progress=progress)
        release = _published(latest, by, at) if to_publish else None
    new = sum(version.article.key not in before for version in latest)
    same = sum(before.get(version.article.key) == version.pk for version in latest)
    return Imported(new, len(latest) - new - same, same, release)


def check_import(*, shop: Shop, sheet: Sheet, at: datetime, to_publish: bool) -> None:
    """Raises BadImport with every issue, as an import would, and writes nothing."""
    if issues := (*sheet.issues, *_issues(shop, sheet, at, to_publish=to_publish)):
        raise BadImport(tuple(sorted(issues, key=lambda issue: issue.line)))


def _issues(shop: Shop, sheet: Sheet, at: datetime, *, to_publish: bool) -> Iterator[Issue]:
    """What only the shop's other articles and its wording rules can tell."""
    lines = list(sheet.drafts)
    for place, clash in clashes(shop, list(sheet.drafts.values())):
        yield Issue(lines[place], clash)
    if to_publish:
        checker = checker_for(shop)
        for line, draft in sheet.drafts.items():
            if refusal := unpublishable(checker, draft.question, draft.answer, at):
                yield Issue(line, refusal)


def _published(versions: list[ArticleVersion], by: User | None, at: datetime) -> int | None:
    try:
        return publish(versions=versions, by=by, at=at)
    except NothingToPublish:
        return None
