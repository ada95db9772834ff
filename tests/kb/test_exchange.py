import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb.formats import SafeCsv, SafeXlsx
from kb.models import Article, Category
from kb.tables import read_csv, read_xlsx
from tests.factories import make_article
from tests.kb.articles import draft, neighbours
from tests.kb.pages import said
from tests.kb.test_tables import HEADER, TENT, csv, xlsx

IMPORT = "/admin/kb/article/import/"
CONFIRM = "/admin/kb/article/process_import/"
XLSX, CSV = "0", "1"


@pytest.fixture(autouse=True)
def _uploads_wait_in_a_folder_of_the_test(settings: object, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]


def upload(client: Client, shop: Shop, data: bytes, kind: str = XLSX, **fields: object) -> object:
    file = SimpleUploadedFile("articles.xlsx" if kind == XLSX else "articles.csv", data)
    return client.post(
        IMPORT, {"shop": shop.pk, "resource": "0", "format": kind, "import_file": file} | fields
    )


def confirmation(page: object) -> dict[str, object]:
    """What the browser sends when the person confirms the preview."""
    html = page.content.decode()  # type: ignore[attr-defined]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def test_the_preview_writes_nothing_and_shows_what_would_change(
    editor: Client, shop: Shop, lin: User
) -> None:
    draft(shop, lin, key="tent", question="帐篷防水吗？", phrasings=["下雨会漏吗"], answer="防水两千毫米。")

    page = upload(editor, shop, xlsx(HEADER, TENT, ["lamp", "", "灯亮吗？", "", "亮。"]))

    html = page.content.decode()  # type: ignore[attr-defined]
    assert "<ins>进水吗</ins>" in html
    assert "<del>两千</del><ins>三千</ins>" in html
    assert Article.objects.count() == 1
    assert not Category.objects.exists()


@pytest.mark.parametrize(("kind", "data"), [(XLSX, xlsx(HEADER, TENT)), (CSV, csv(HEADER, TENT))])
def test_a_confirmed_file_is_taken_in(editor: Client, shop: Shop, kind: str, data: bytes) -> None:
    page = upload(editor, shop, data, kind)

    response = editor.post(CONFIRM, confirmation(page), follow=True)

    article = Article.objects.get()
    assert (article.key, str(article.category), article.is_live) == ("tent", "商品", False)
    assert "1 new" in " ".join(map(str, response.context["messages"]))


def test_drafts_of_a_file_wait_for_a_replay(editor: Client, shop: Shop) -> None:
    page = upload(editor, shop, xlsx(HEADER, TENT))

    response = editor.post(CONFIRM, confirmation(page), follow=True)
    waiting = editor.get(reverse("chat:replay_waiting")).content.decode()

    assert "Replay these drafts before you publish them" in " ".join(map(str, response.context["messages"]))
    assert str(Article.objects.get()) in waiting


def test_a_file_may_go_live_at_once(editor: Client, shop: Shop) -> None:
    page = upload(editor, shop, xlsx(HEADER, TENT), to_publish="on")

    editor.post(CONFIRM, confirmation(page))

    assert Article.objects.live().count() == 1


def test_what_goes_live_from_a_file_is_compared_with_the_other_articles(
    editor: Client, shop: Shop, lin: User
) -> None:
    neighbours(shop, lin)
    alike = ["again", "", "Can I send it back", "", "Yes."]
    page = upload(editor, shop, xlsx(HEADER, alike), to_publish="on")

    response = editor.post(CONFIRM, confirmation(page), follow=True)

    assert "can hardly tell them apart" in said(response)


def test_a_confirmed_file_is_gone(editor: Client, shop: Shop, tmp_path: Path) -> None:
    confirmed = confirmation(upload(editor, shop, xlsx(HEADER, TENT)))
    editor.post(CONFIRM, confirmed)

    assert list((tmp_path / "imports").iterdir()) == []
    assert "Upload the file again" in editor.post(CONFIRM, confirmed).content.decode()


def test_bad_rows_are_shown_with_their_numbers_and_cannot_be_confirmed(editor: Client, shop: Shop) -> None:
    page = upload(editor, shop, xlsx(HEADER, TENT, ["lamp", "", "", "", "亮。"]))

    assert page.context["result"].invalid_rows[0].number == 3  # type: ignore[attr-defined]
    assert "confirm_form" not in page.context  # type: ignore[attr-defined]


def test_what_is_wrong_is_said_with_the_cell_that_the_spreadsheet_shows(editor: Client, shop: Shop) -> None:
    header, row = ["Answer", "Not ours", "Tell a person", "Question"], ["Light.", "x", "perhaps", "On?"]
    page = upload(editor, shop, xlsx(header, row, ["Light.", "x", "no", ""]))

    wrong = page.context["result"].invalid_rows  # type: ignore[attr-defined]
    assert [list(one.field_specific_errors) for one in wrong] == [["C2 Tell a person"], ["D3 Question"]]
    assert list(wrong[0].values[:5]) == ["", "", "On?", "", "Light."]
    assert "D3 Question" in page.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        (XLSX, b"nonsense", "not an xlsx file"),
        (CSV, "标准问,答案\n".encode("utf-16-le"), "UTF-16 without its mark"),
        (CSV, b"Question\nWhy?", "missing"),
    ],
)
def test_an_unreadable_file_is_refused_in_words(
    editor: Client, shop: Shop, kind: str, data: bytes, said: str
) -> None:
    page = upload(editor, shop, data, kind)

    assert page.status_code == 200  # type: ignore[attr-defined]
    assert said in page.content.decode()  # type: ignore[attr-defined]
    assert "Traceback" not in page.content.decode()  # type: ignore[attr-defined]


def test_nobody_confirms_a_file_of_somebody_else(client: Client, shop: Shop, lin: User, omar: User) -> None:
    client.force_login(lin)
    confirmed = confirmation(upload(client, shop, xlsx(HEADER, TENT)))
    client.force_login(omar)

    client.post(CONFIRM, confirmed)

    assert not Article.objects.exists()


def test_nothing_is_taken_into_a_foreign_shop(editor: Client, shop: Shop, other_shop: Shop) -> None:
    page = upload(editor, other_shop, xlsx(HEADER, TENT))
    assert "shop" in page.context["form"].errors  # type: ignore[attr-defined]

    confirmed = confirmation(upload(editor, shop, xlsx(HEADER, TENT))) | {"shop": other_shop.pk}
    editor.post(CONFIRM, confirmed)

    assert not Article.objects.exists()


def test_an_agent_takes_nothing_in(client: Client, shop: Shop, mei: User) -> None:
    client.force_login(mei)

    assert client.get(IMPORT).status_code == 403
    assert client.post(CONFIRM, {}).status_code == 403


@pytest.mark.parametrize(("kind", "read"), [(XLSX, read_xlsx), (CSV, read_csv)])
def test_what_was_exported_imports_back_equal(
    editor: Client, shop: Shop, lin: User, kind: str, read: object
) -> None:
    neighbours(shop, lin)
    draft(shop, lin, question="=1+1", phrasings=["+8613800138000", "'=x", '@a, "b"'], answer="－不\n'quoted'")
    before = list(Article.objects.order_by("pk").values_list("key", "latest_version"))

    exported = editor.post("/admin/kb/article/export/", {"format": kind, "resource": "0"}).content
    page = upload(editor, shop, exported, kind)
    editor.post(CONFIRM, confirmation(page))

    assert page.context["result"].totals["skip"] == 3  # type: ignore[attr-defined]
    assert list(Article.objects.order_by("pk").values_list("key", "latest_version")) == before
    cells = [cell for row in read(exported) for cell in row]  # type: ignore[operator]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "－"))]


def test_an_export_holds_ones_own_shops_only_and_takes_few_queries(
    editor: Client, shop: Shop, other_shop: Shop, lin: User, django_assert_max_num_queries: object
) -> None:
    make_article(shop=other_shop)
    for number in range(20):
        draft(shop, lin, key=f"a{number}", question=f"Question {number}?")

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        exported = editor.post("/admin/kb/article/export/", {"format": CSV, "resource": "0"}).content

    assert len(read_csv(exported)) == 21


def test_formats_are_what_the_pages_offer(editor: Client) -> None:
    assert SafeXlsx().get_title() == "xlsx"
    assert SafeCsv().get_title() == "csv"
    assert editor.get(reverse("admin:kb_article_export")).status_code == 200


@pytest.mark.parametrize(("language", "first"), [("zh-hans", "编号"), ("en", "Key")])
def test_the_template_has_the_columns_in_the_pages_language_and_imports(
    editor: Client, shop: Shop, language: str, first: str
) -> None:
    assert reverse("kb:import_template") in editor.get(IMPORT).content.decode()

    template = editor.get(reverse("kb:import_template"), headers={"accept-language": language}).content

    [header] = read_xlsx(template)
    assert header[0] == first
    filled = xlsx(header, ["tent", "", "帐篷防水吗？", "", "防水。"] + [""] * (len(header) - 5))
    editor.post(CONFIRM, confirmation(upload(editor, shop, filled)))
    assert Article.objects.get().key == "tent"
