"""How articles do: all of them in one table, one of them day by day, and the table as a file."""

import csv
import io

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics import access, charts
from analytics.exports import BYTE_ORDER_MARK, safe
from analytics.reports.articles import COLUMNS, USUAL, ArticleRow, article_days, article_rows
from analytics.views.page import Page, query
from cscore.accounts.permissions import Permission
from cscore.common.doors import opens_for
from cscore.common.errors import NotFound

PER_PAGE, DRAWN = 50, 10


@opens_for(Permission.REPORTS_VIEW)
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """Every article, ordered by ?sort=."""
    page = Page.of(request)
    if page.shop is None:
        return page.show("analytics/no_shop.html", _("Articles"))
    asked, order = page.asked(), _order(request)
    rows = article_rows(page.shop, asked.period, page.at, ordered_by=order)
    most = sorted((row for row in rows if row.answered), key=lambda row: -row.answered)[:DRAWN]
    return page.show(
        "analytics/articles.html",
        _("Articles"),
        tab="analytics:articles",
        asked=asked,
        shown=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        columns=COLUMNS,
        order=order,
        query=query(page.shop, asked),
        extra=f"&sort={order}",
        charts={"articles": charts.articles(most).as_json()} if most else {},
    )


@opens_for(Permission.REPORTS_VIEW)
@require_safe
def article(request: HttpRequest, article_id: int) -> HttpResponse:
    """One article by day, with the lists behind its numbers."""
    page = Page.of(request)
    found = access.article_for(page.person, article_id)
    asked = page.asked()
    row, days = article_days(found, asked.period, page.at)
    return page.show(
        "analytics/article.html",
        row.question,
        asked=asked,
        row=row,
        columns=COLUMNS,
        query=query(found.shop, asked),
        overview_query=query(found.shop, asked),
        charts={"days": charts.article_by_day(asked.period.days(), days).as_json()},
    )


@opens_for(Permission.REPORTS_VIEW)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The whole table as CSV."""
    page = Page.of(request)
    if page.shop is None:
        raise NotFound
    period = page.asked().period
    rows = article_rows(page.shop, period, page.at, ordered_by=_order(request))
    name = f"{page.shop.key}_articles_{period.first}_{period.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(_as_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)


def _order(request: HttpRequest) -> str:
    asked = request.GET.get("sort", "")
    return asked if asked in {column.key for column in COLUMNS} else USUAL


def _as_csv(rows: list[ArticleRow]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(
        (_("Article key"), _("Question"), _("Category"), _("Asked"), _("Answered"), _("Settled"), _("Helped"),
         _("Handed over after"), _("Thumbs up"), _("Thumbs down"), _("Opened in the help centre"), _("Helpful"),
         _("Not helpful"), _("Last reviewed"))
    )  # fmt: skip
    for row in rows:
        reviewed = f"{localtime(row.reviewed_at):%Y-%m-%d %H:%M}" if row.reviewed_at else ""
        category = row.article.category.name if row.article.category else ""
        cells = (
            row.article.key, row.question, category, row.asked, row.answered, row.helped.denominator,
            row.helped.numerator, row.handed_over, row.thumbs_up, row.thumbs_down, row.opened, row.helpful,
            row.not_helpful, reviewed,
        )  # fmt: skip
        writer.writerow([safe(cell) for cell in cells])
    return BYTE_ORDER_MARK + file.getvalue()
