"""Going live or being withdrawn at a time."""

from typing import ClassVar

from django.db import transaction
from rest_framework.response import Response

from cscore.commerce.api import TokenRequest, answers
from cscore.commerce.scopes import Scope
from cscore.common import clock
from cscore.common.api import checked
from kb import access, actions
from kb.api import shapes
from kb.api.view import KbView


class Plan(KbView):
    needs: ClassVar[dict[str, Scope]] = {"PUT": Scope.KB_PUBLISH, "DELETE": Scope.KB_PUBLISH}

    @answers(
        "plan_article",
        "Plan when an article goes live and when it is withdrawn",
        400,
        404,
        409,
        413,
        415,
        422,
        request=shapes.PlanShape,
        responses={200: shapes.ArticleShape},
        description="At least one of both times; each stays as it was planned when it is left out.",
    )
    def put(self, request: TokenRequest, key: str) -> Response:
        told, at = checked(shapes.PlanShape, request.data), clock.now()
        with transaction.atomic():
            article = access.article_of(self.shop, key)
            if when := told.get("publish_at"):
                version = access.version_of(article, told.get("version") or shapes.latest_number(article))
                actions.plan_publish(version=version, when=when, by=request.user, at=at)
            if when := told.get("withdraw_at"):
                actions.plan_withdraw(article=article, when=when, by=request.user, at=at)
        return Response(shapes.of_article(access.article_of(self.shop, key)))

    @answers(
        "cancel_plan",
        "Cancel what is planned for an article",
        400,
        404,
        409,
        responses={200: shapes.ArticleShape},
    )
    def delete(self, request: TokenRequest, key: str) -> Response:
        article = access.article_of(self.shop, key)
        actions.cancel_plan(article=article, by=request.user, at=clock.now())
        return Response(shapes.of_article(access.article_of(self.shop, key)))
