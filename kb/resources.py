"""Articles for django-import-export: its pages, our verbs. A file goes in whole or not at all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

import tablib  # type: ignore[import-untyped]
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.results import Error, Result, RowResult
from openpyxl.utils import column_index_from_string  # type: ignore[import-untyped]

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.errors import Refusal
from kb import actions, queries
from kb.columns import COLUMNS, cells_of, column_of
from kb.differences import difference, lines_difference, same
from kb.imports import Issue, Sheet
from kb.models import Article
from kb.queries import draft_of
from kb.rules import Draft, completed
from kb.saying import cards_in_words, other_in_words
from kb.tables import cell_of, sheet_of

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
            rows = [dataset.headers or [], *map(list, dataset)]
            sheet = sheet_of(rows)
            self._take_in(self.shop, sheet, result, user, clock.now(), dry_run=dry_run)
        except actions.BadImport as bad:
            _tell_wrong_rows(result, bad, sheet, rows)
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
    unchanged = _row(article) == list(cells_of(_after(draft, article)).values())
    return str(RowResult.IMPORT_TYPE_SKIP if unchanged else RowResult.IMPORT_TYPE_UPDATE)


def _after(draft: Draft, article: Article | None) -> Draft:
    """The draft as it will be exported once it is stored."""
    kept = article.category.name if article and article.category else ""
    before = _before(article)
    category = kept if draft.category is None else draft.category
    return replace(completed(draft, before), category=category)


def _before(article: Article | None) -> Draft | None:
    if article is None or article.latest_version is None:
        return None
    category = article.category.name if article.category else ""
    return replace(draft_of(article.latest_version), category=category)


def _cells(article: Article | None, draft: Draft) -> list[str]:
    """The row's cells with what changed marked, as HTML."""
    after = _in_words(_after(draft, article))
    before = _before(article)
    told = _in_words(before) if before else after
    return [draft.key, *(_cell(column, told[column], new) for column, new in list(after.items())[1:])]


def _in_words(draft: Draft) -> dict[str, str]:
    """The cells as people read them: cards and other answers in words, not as a file stores them."""
    cards = cards_in_words(draft.rich.cards) if draft.rich else ()
    said = {"cards": "\n".join(cards), "others": "\n".join(map(other_in_words, draft.others or ()))}
    return cells_of(draft) | said


def _cell(column: str, old: str, new: str) -> str:
    lines = column in _LINES
    pieces = lines_difference(old.splitlines(), new.splitlines()) if lines else difference(old, new)
    if old == new:
        pieces = same(*new.splitlines()) if lines else same(new)
    return render_to_string("kb/_cell.html", {"pieces": pieces, "lines": lines, "column": column})


def _tell_wrong_rows(result: Result, bad: actions.BadImport, sheet: Sheet, rows: list[list[str]]) -> None:
    """Each wrong row as it stands in the file, with what is wrong under the name and the place of its cell."""
    for line, issues in groupby(bad.issues, key=lambda issue: issue.line):
        said = defaultdict(list)
        for issue in issues:
            said[_place(sheet, issue)].append(str(issue.refusal))
        places = [sheet.letters.get(column) for column in COLUMNS]
        cells = (rows[line - 1][column_index_from_string(one) - 1] if one else "" for one in places)
        if len(result.invalid_rows) < _SHOWN:
            values = dict(zip(headers(), cells, strict=True))
            result.append_invalid_row(line, values, ValidationError(said))


def _place(sheet: Sheet, issue: Issue) -> str:
    column = dict(zip(COLUMNS, headers(), strict=True)).get(column_of(issue.refusal))
    place = cell_of(sheet, issue) or _("Row %(row)s") % {"row": issue.line}
    return f"{place} {column}" if column else place
