"""Articles by their key: read, written, published, withdrawn."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response

from cscore.commerce.api import TokenRequest, answers
from cscore.commerce.scopes import Scope
from cscore.common import clock
from cscore.common.api import checked, page_of, paged
from cscore.common.errors import NotFound
from kb import access, actions
from kb.api import shapes
from kb.api.view import KbView
from kb.models import Article, ArticleQuerySet, ArticleVersion
from kb.rules import is_key

_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The etag you read: 412 if the text is another by now.",
)
_IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="* writes only an article that does not exist yet.",
)


class Articles(KbView):
    needs: ClassVar[dict[str, Scope]] = {"GET": Scope.KB_READ, "POST": Scope.KB_WRITE}

    @answers(
        "list_articles",
        "List articles, in the order of their keys",
        400,
        parameters=[shapes.ArticleFilter],
        responses={200: paged(shapes.ArticleShape)},
    )
    def get(self, request: TokenRequest) -> Response:
        asked = checked(shapes.ArticleFilter, request.query_params)
        rows = _found(access.articles_of(self.shop), asked)
        if after := asked.get("after"):
            rows = rows.filter(key__gt=after)
        shown = rows.order_by("key")[: asked["limit"] + 1]
        return Response(page_of(request, shown, asked["limit"], shapes.of_article, "key"))

    @answers(
        "write_articles",
        "Write many articles, all or none",
        400,
        409,
        413,
        415,
        422,
        request=shapes.RowsShape,
        responses={200: shapes.ImportedShape},
        description="A row that is wrong keeps all out; `details.issues` names each with its row, counted from 1. "
        "A row that names the `version` you read is never written over another one. "
        "With `publish` the token needs the scope kb:publish too.",
    )
    def post(self, request: TokenRequest) -> Response:
        told = checked(shapes.RowsShape, request.data)
        if told["publish"]:
            self.must(Scope.KB_PUBLISH)
        done = actions.import_articles(
            shop=self.shop,
            sheet=shapes.sheet_from(told["articles"]),
            by=request.user,
            at=clock.now(),
            to_publish=told["publish"],
        )
        return Response(shapes.of_imported(done))


class OneArticle(KbView):
    needs: ClassVar[dict[str, Scope]] = {"GET": Scope.KB_READ, "PUT": Scope.KB_WRITE}

    @answers("read_article", "Read an article", 404, responses={200: shapes.ArticleShape})
    def get(self, request: TokenRequest, key: str) -> Response:
        return _shown(access.article_of(self.shop, key))

    @answers(
        "write_article",
        "Write an article, new or not",
        400,
        404,
        409,
        412,
        413,
        415,
        422,
        request=shapes.TextShape,
        parameters=[_IF_MATCH, _IF_NONE_MATCH],
        responses={200: shapes.ArticleShape, 201: shapes.ArticleShape},
        description="The text becomes the article's latest version; customers do not see it before it is published. "
        "The same text again does nothing.",
    )
    def put(self, request: TokenRequest, key: str) -> Response:
        if not is_key(key):
            raise NotFound
        told = checked(shapes.TextShape, request.data)
        _version, new = actions.push_draft(
            shop=self.shop,
            draft=shapes.draft_from(key, told),
            by=request.user,
            at=clock.now(),
            expected=_expected(request),
        )
        return _shown(access.article_of(self.shop, key), status=201 if new else 200)


class Publish(KbView):
    needs: ClassVar[dict[str, Scope]] = {"POST": Scope.KB_PUBLISH}

    @answers(
        "publish_article",
        "Publish an article",
        400,
        404,
        409,
        413,
        415,
        422,
        request=shapes.PublishShape,
        responses={200: shapes.ReleasedShape},
        description="Customers are told this version from the next question on; what two people must see first, or "
        "what a golden question holds, is refused as on the page.",
    )
    def post(self, request: TokenRequest, key: str) -> Response:
        number = checked(shapes.PublishShape, request.data or {}).get("version")
        article = access.article_of(self.shop, key)
        version = access.version_of(article, number) if number else article.latest_version
        versions = [version] if version else []
        release = actions.publish(versions=versions, by=request.user, at=clock.now())
        return Response({"release": release})


class Withdraw(KbView):
    needs: ClassVar[dict[str, Scope]] = {"POST": Scope.KB_PUBLISH}

    @answers(
        "withdraw_article",
        "Withdraw an article",
        400,
        404,
        409,
        413,
        415,
        request=None,
        responses={200: shapes.ReleasedShape},
        description="Customers are no longer told its answer; the text stays.",
    )
    def post(self, request: TokenRequest, key: str) -> Response:
        article = access.article_of(self.shop, key)
        release = actions.withdraw(articles=[article], by=request.user, at=clock.now())
        return Response({"release": release})


class Versions(KbView):
    needs: ClassVar[dict[str, Scope]] = {"GET": Scope.KB_READ}

    @answers(
        "list_versions",
        "List an article's versions, the latest first",
        400,
        404,
        parameters=[shapes.NumberedPage],
        responses={200: paged(shapes.VersionShape)},
    )
    def get(self, request: TokenRequest, key: str) -> Response:
        asked = checked(shapes.NumberedPage, request.query_params)
        rows: QuerySet[ArticleVersion] = access.article_of(self.shop, key).versions.select_related(
            "created_by", "article"
        )
        if after := asked.get("after"):
            rows = rows.filter(number__lt=after)
        shown = rows.order_by("-number")[: asked["limit"] + 1]
        return Response(page_of(request, shown, asked["limit"], shapes.of_version, "number"))


def _found(rows: ArticleQuerySet, asked: dict[str, Any]) -> ArticleQuerySet:
    if state := asked.get("state"):
        rows = rows.in_state(state)
    if category := asked.get("category"):
        rows = rows.filter(category__name=category)
    if since := asked.get("updated_since"):
        rows = rows.filter(updated_at__gte=since)
    if text := asked.get("q"):
        stands = Q(key__icontains=text)
        for field in ("latest_version__question", "latest_version__answer", "said"):
            stands |= Q((f"{field}__icontains", text))
        rows = rows.annotate(said=Cast("latest_version__phrasings", TextField())).filter(stands)
    return rows


def _expected(request: TokenRequest) -> actions.Expected:
    """What If-Match and If-None-Match say; weak marks and lists are taken as HTTP has them."""
    marks, new = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    only_new = new is not None and new.strip() == "*"
    if marks is None or marks.strip() == "*":
        return actions.Expected(None, only_new)
    return actions.Expected({one.strip('"') for one in parse_etags(marks)}, only_new)


def _shown(article: Article, status: int = 200) -> Response:
    return Response(shapes.of_article(article), status=status, headers={"ETag": shapes.etag(article)})
