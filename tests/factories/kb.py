from typing import Any

from cscore.commerce.models import Shop
from kb.models import Article, ArticleVersion
from tests.factories.times import MONDAY_9AM, next_number


def make_article(*, shop: Shop, live: bool = False, **fields: Any) -> Article:
    """An article with one version as rows; a test about publishing calls kb.actions instead."""
    version_fields = {
        "question": fields.pop("question", "How long does delivery take?"),
        "phrasings": fields.pop("phrasings", []),
        "answer": fields.pop("answer", "Two to four days."),
    }
    defaults = {"key": f"article-{next_number()}", "created_at": MONDAY_9AM, "updated_at": MONDAY_9AM}
    article = Article.objects.create(shop=shop, **defaults | fields)
    version = ArticleVersion.objects.create(
        article=article, number=1, created_at=MONDAY_9AM, created_by=None, **version_fields
    )
    article.latest_version = version
    if live:
        article.live_version, article.published_at = version, MONDAY_9AM
    article.save()
    return article
