"""Articles for django-import-export: its pages, our verbs. A file goes in whole or not at all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

import tablib  # type: ignore[import-untyped]
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.template.loader import render_to_string
from django.utils.translation import get_language
from import_export import fields, resources
from import_export.results import Error, Result, RowResult

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.errors import Refusal
from kb import actions, queries
from kb.columns import COLUMNS, cells_of
from kb.differences import difference, lines_difference, same
from kb.imports import Sheet
from kb.models import Article
from kb.queries import draft_of
from kb.rules import FIELD_OF, Draft, completed
from kb.tables import sheet_of

_SHOWN: Final = 200
# Cells of many lines, of which some may have changed.
_LINES: Final = frozenset({"phrasings", "cards", "others", "negatives", "negative_keywords"})


def headers() -> list[str]:
    """The columns' names in the language of the page."""
    chinese = (get_language() or "").startswith("zh")
    return [names[0] if chinese else names[1] for names in COLUMNS.values()]


class RefusalError(Error):  # type: ignore[misc]
    """A refusal on the page: its sentence says it all, where in our code it arose does not help an editor."""

    traceback = ""


class ArticleResource(resources.ModelResource):  # type: ignore[misc]
    """Writes the latest version of each article; reads drafts into one shop, published if asked."""

    class Meta:
        model = Article
        fields = ()

    def __init__(self, shop: Shop | None = None, to_publish: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shop, self.to_publish = shop, to_publish
        self.imported: actions.Imported | None = None

    def get_user_visible_fields(self) -> list[fields.Field]:
        return [fields.Field(column_name=name) for name in headers()]

    def export(self, queryset: Iterable[Article] | None = None, **kwargs: Any) -> tablib.Dataset:
        return tablib.Dataset(*(_row(article) for article in queryset or ()), headers=headers())

    def import_data(
        self, dataset: tablib.Dataset, dry_run: bool = False, user: User | None = None, **kwargs: Any
    ) -> Result:
        """The library's result of our import; nothing is written in a dry run or when any row is wrong."""
        result = Result()
        result.diff_headers = headers()
        if self.shop is None:
            raise TypeError("An import needs a shop.")
        try:
            sheet = sheet_of([dataset.headers or [], *map(list, dataset)])
            self._take_in(self.shop, sheet, result, user, clock.now(), dry_run=dry_run)
        except actions.BadImport as bad:
            _tell_wrong_rows(result, bad, dataset)
        except Refusal as refusal:
            result.append_base_error(RefusalError(refusal))
        return result

    def _take_in(
        self, shop: Shop, sheet: Sheet, result: Result, by: User | None, at: datetime, *, dry_run: bool
    ) -> None:
        if dry_run:
            actions.check_import(shop=shop, sheet=sheet, at=at, to_publish=self.to_publish)
            _preview(result, shop, list(sheet.drafts.values()))
        else:
            self.imported = actions.import_articles(
                shop=shop, sheet=sheet, by=by, at=at, to_publish=self.to_publish
            )


def _row(article: Article) -> list[str]:
    latest = article.latest_version
    category = article.category.name if article.category else ""
    if latest:
        # Known already: asking each version for its article would be a query a row.
        latest.article = article
    draft = draft_of(latest) if latest else Draft(article.key, "")
    return list(cells_of(replace(draft, category=category)).values())


def _preview(result: Result, shop: Shop, drafts: list[Draft]) -> None:
    """Counts every draft and shows the first that would change something."""
    known = queries.articles_by_key(shop, [draft.key for draft in drafts])
    for draft in drafts:
        row = RowResult()
        row.import_type = _kind(known.get(draft.key), draft)
        result.increment_row_result_total(row)
        result.total_rows += 1
        if row.import_type != RowResult.IMPORT_TYPE_SKIP and len(result.rows) < _SHOWN:
            row.diff = _cells(known.get(draft.key), draft)
            result.append_row_result(row)


def _kind(article: Article | None, draft: Draft) -> str:
    if article is None:
        return str(RowResult.IMPORT_TYPE_NEW)
    unchanged = _row(article) == _after(draft, article)
    return str(RowResult.IMPORT_TYPE_SKIP if unchanged else RowResult.IMPORT_TYPE_UPDATE)


def _after(draft: Draft, article: Article | None) -> list[str]:
    """The row as it will be exported once the draft is stored."""
    kept = article.category.name if article and article.category else ""
    before = draft_of(article.latest_version) if article and article.latest_version else None
    category = kept if draft.category is None else draft.category
    return list(cells_of(replace(completed(draft, before), category=category)).values())


def _cells(article: Article | None, draft: Draft) -> list[str]:
    """The row's cells with what changed marked, as HTML."""
    after = _after(draft, article)
    before = _row(article) if article and article.latest_version else None
    columns = list(zip(COLUMNS, before or after, after, strict=True))[1:]
    return [draft.key, *(_cell(*column) for column in columns)]


def _cell(column: str, old: str, new: str) -> str:
    lines = column in _LINES
    pieces = lines_difference(old.splitlines(), new.splitlines()) if lines else difference(old, new)
    if old == new:
        pieces = same(*new.splitlines()) if lines else same(new)
    return render_to_string("kb/_cell.html", {"pieces": pieces, "lines": lines})


def _tell_wrong_rows(result: Result, bad: actions.BadImport, dataset: tablib.Dataset) -> None:
    names = dict(zip(COLUMNS, headers(), strict=True))
    for line, issues in groupby(bad.issues, key=lambda issue: issue.line):
        said = defaultdict(list)
        for issue in issues:
            said[names.get(FIELD_OF.get(issue.refusal.code, ""), NON_FIELD_ERRORS)].append(str(issue.refusal))
        values = dict(zip(headers(), dataset[line - 2], strict=False))
        if len(result.invalid_rows) < _SHOWN:
            result.append_invalid_row(line, values, ValidationError(said))
