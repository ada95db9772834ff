"""Every page that a person can reach by following addresses, lists and first rows."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kb.models import Article
from tests.architecture.doors import labels, outside_admin, page
from tests.i18n.world import World

ADMIN = (
    "admin:index",
    "admin:password_change",
    "admin:kb_article_export",
    "admin:kb_article_import",
)
NO_INLINES = {
    f"{name}-{field}": 0 for name in ("variants", "lines") for field in ("TOTAL_FORMS", "INITIAL_FORMS")
}
SHEETS = {
    "zh-hans": ("标准问,答案\n能退吗？,七天内可退。\n", "标准问,答案\n,缺问题\n"),
    "en": ("Question,Answer\nCan I send it back?,Within seven days.\n", "Question,Answer\n,no question\n"),
}


def pages(client: Client, world: World) -> Iterator[HttpResponse]:
    """The pages as the client is answered, whether it may see them or not."""
    without_rows = [name for name, door in outside_admin().items() if not door.pattern.converters]
    for name in (*without_rows, *ADMIN, "demo:front"):
        yield client.get(reverse(name))
    yield from _of_rows(client, world)
    yield from _answers(client, world)
    for label in labels():
        yield from _of_admin(client, label)


def _of_rows(client: Client, world: World) -> Iterator[HttpResponse]:
    yield client.get(reverse("chat:widget", args=[world.shop.key]))
    yield client.get(reverse("demo:shop", args=[world.shop.key]), {"as": "C-1", "item": "TENT-2"})
    yield client.get(reverse("analytics:conversation", args=[world.conversation.pk]))
    yield client.get(reverse("kb:versions", args=[Article.objects.get(shop=world.shop).pk]))
    yield client.get("/nothing/here/")


def _answers(client: Client, world: World) -> Iterator[HttpResponse]:
    """What is asked before many articles change at once, and what is said of a file with a mistake."""
    article = Article.objects.get(shop=world.shop)
    chosen = {"action": "publish_chosen", ACTION_CHECKBOX_NAME: article.pk}
    yield client.post(page("kb.article", "changelist"), chosen)
    for sheet in SHEETS[world.language]:
        file = SimpleUploadedFile("articles.csv", sheet.encode())
        upload = {"import_file": file, "format": "1", "shop": world.shop.pk, "resource": ""}
        yield client.post(reverse("admin:kb_article_import"), upload)


def _of_admin(client: Client, label: str) -> Iterator[HttpResponse]:
    """The list, the form for a new row, what it says when it is sent empty, and the first row's page."""
    yield client.get(page(label, "changelist"))
    yield client.get(page(label, "add"))
    yield client.post(page(label, "add"), NO_INLINES)
    # A queued job's page shows the library's own dump of it.
    row = apps.get_model(label)._default_manager.order_by("pk").first()
    if row is not None and label != "django_q.ormq":
        yield client.get(page(label, "change", row.pk))
