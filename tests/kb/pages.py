"""What tests of the admin pages share: addresses, what a browser sends, what a page says."""

from django.test import Client
from django.urls import reverse

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions
from kb.models import Article, ArticleVersion, Category
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft

LIST = "/admin/kb/article/"


def change(article: Article) -> str:
    return reverse("admin:kb_article_change", args=[article.pk])


def form_of(version: ArticleVersion, **fields: object) -> dict[str, object]:
    """What the browser sends when the article's form is sent."""
    text = {
        "category": "",
        "question": version.question,
        "phrasings": "\n".join(version.phrasings),
        "answer": version.answer,
        "written_on": version.pk,
    }
    return text | fields


def said(response: object) -> str:
    """The message shown after the redirect."""
    return " ".join(str(message) for message in response.context["messages"])  # type: ignore[attr-defined]


def many_articles(shop: Shop, lin: User, count: int, *, live: bool = True) -> None:
    for number in range(count):
        category = Category.objects.get_or_create(shop=shop, name=f"Category {number}")[0]
        version = draft(shop, lin, key=f"a{number}", question=f"Question {number}?", category=category)
        if live:
            actions.publish(versions=[version], by=lin, at=MONDAY_9AM)


def found(client: Client, query: str) -> list[str]:
    """The keys of the articles that the list shows."""
    return sorted(article.key for article in client.get(f"{LIST}?{query}").context["cl"].result_list)
