"""What an article belongs to: categories and releases."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.db.models import Count
from rest_framework.response import Response

from cscore.commerce.api import TokenRequest, answers
from cscore.commerce.models import Shop
from cscore.commerce.scopes import Scope
from cscore.common.api import Page, checked, page_of, paged
from kb.api import shapes
from kb.api.view import KbView
from kb.models import Category, Release
from kb.search import Audience, search

_KEYS: Final = 100


class Categories(KbView):
    needs: ClassVar[dict[str, Scope]] = {"GET": Scope.KB_READ}

    @answers(
        "list_categories",
        "List categories by name",
        400,
        parameters=[Page],
        responses={200: paged(shapes.CategoryShape)},
    )
    def get(self, request: TokenRequest) -> Response:
        asked = checked(Page, request.query_params)
        rows = Category.objects.filter(shop=self.shop, name__gt=asked.get("after", ""))
        counted = rows.annotate(held=Count("articles")).order_by("name")[: asked["limit"] + 1]
        return Response(page_of(request, counted, asked["limit"], shapes.of_category, "name"))


class Search(KbView):
    needs: ClassVar[dict[str, Scope]] = {"GET": Scope.KB_READ}

    @answers(
        "search_articles",
        "Search articles as people do",
        400,
        parameters=[shapes.SearchFilter],
        responses={200: shapes.FoundShape},
        description="Both scripts, slips of the pen, the best first.",
    )
    def get(self, request: TokenRequest) -> Response:
        asked = checked(shapes.SearchFilter, request.query_params)
        audience = Audience.STAFF if asked["drafts"] else Audience.AGENTS
        found = search(self.shop.pk, asked["q"], asked["limit"], audience=audience)
        return Response(shapes.of_found(found))


class Releases(KbView):
    needs: ClassVar[dict[str, Scope]] = {"GET": Scope.KB_READ}

    @answers(
        "list_releases",
        "List releases, the latest first",
        400,
        parameters=[shapes.NumberedPage],
        responses={200: paged(shapes.ReleaseShape)},
        description="A release is one change of what customers are told.",
    )
    def get(self, request: TokenRequest) -> Response:
        asked = checked(shapes.NumberedPage, request.query_params)
        rows = _releases(self.shop, asked.get("after"), asked["limit"] + 1)
        return Response(page_of(request, rows, asked["limit"], asdict, "number"))


@dataclass(frozen=True, slots=True)
class Moved:
    """One release: the keys of the first articles that it moved, and how many it moved."""

    number: int
    verb: str
    at: datetime
    by: str | None
    articles: list[str]
    count: int


def _releases(shop: Shop, before: int | None, most: int) -> list[Moved]:
    rows = Release.objects.filter(shop=shop)
    if before:
        rows = rows.filter(number__lt=before)
    counted = dict(rows.values_list("number").annotate(Count("pk")).order_by("-number")[:most])
    moved = []
    for number, count in counted.items():
        first = Release.objects.filter(shop=shop, number=number).select_related("article", "by")
        some = list(first.order_by("article__key")[:_KEYS])
        keys = [row.article.key for row in some]
        by = str(some[0].by) if some[0].by else None
        moved.append(Moved(number, some[0].verb, some[0].at, by, keys, count))
    return moved
