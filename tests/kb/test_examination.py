import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from kb.models import ArticleVersion
from kb.reports import AnswerSheet
from tests.factories import make_article
from tests.kb.articles import neighbours, published
from tests.kb.pages import many_articles

PAGE, FILE = "/admin/kb/examine/", "/admin/kb/examine.csv"
LINES = "How long does delivery take? | delivery\nCan I send it back? | invoice\nxyzzy plugh |"


@pytest.fixture(autouse=True)
def three_articles(shop: Shop, lin: User) -> None:
    neighbours(shop, lin)
    published(shop, lin)


def asked(editor: Client, shop: Shop, lines: str = LINES, **more: object) -> AnswerSheet:
    response = editor.post(PAGE, {"shop": shop.pk, "lines": lines} | more)
    return response.context["sheet"]  # type: ignore[no-any-return]


def test_every_question_is_graded(editor: Client, shop: Shop) -> None:
    sheet = asked(editor, shop)

    assert [row.verdict for row in sheet.rows] == ["right", "wrong", "refused"]
    assert sheet.counts == {"right": 1, "wrong": 1, "refused": 1}
    assert (sheet.figures.coverage, sheet.figures.precision_all, sheet.figures.oos_recall) == (1, 0.5, 1)


def test_candidates_and_confusions_lead_to_their_articles(editor: Client, shop: Shop) -> None:
    response = editor.post(PAGE, {"shop": shop.pk, "lines": LINES})

    [(expected, given, count)] = response.context["sheet"].confused
    assert expected is not None
    assert (expected.key, given.key, count) == ("invoice", "returns", 1)
    assert reverse("admin:kb_article_change", args=[given.id]) in response.content.decode()
    first, confidence = response.context["sheet"].rows[0].candidates[0]
    assert (first.key, confidence) == ("delivery", 0.99)


def test_an_article_is_named_by_its_key_or_its_standard_question(editor: Client, shop: Shop) -> None:
    sheet = asked(editor, shop, "When will my parcel arrive? | How long does delivery take?")

    assert sheet.counts["right"] == 1


def test_a_file_is_asked_as_typed_lines_are(editor: Client, shop: Shop) -> None:
    file = SimpleUploadedFile("q.csv", "问题,预期编号\nCan I send it back?,returns\n".encode())

    assert asked(editor, shop, "", file=file).counts["right"] == 1


def test_an_article_that_is_not_live_is_named_with_its_row_and_nothing_is_asked(
    editor: Client, shop: Shop
) -> None:
    make_article(shop=shop, key="draft")

    response = editor.post(PAGE, {"shop": shop.pk, "lines": "A | delivery\nB | draft\nC | nowhere"})

    assert "Row 2: No live article" in (page := response.content.decode())
    assert "Row 3: No live article" in page
    assert "sheet" not in response.context
    assert not AuditEntry.objects.filter(verb="kb.examine").exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"lines": ""}, "There is no question"),
        ({"lines": "A", "file": SimpleUploadedFile("a.csv", b"A")}, "not both"),
        ({"file": SimpleUploadedFile("a.pdf", b"A")}, "xlsx, csv or jsonl"),
    ],
)
def test_the_form_says_what_is_missing(
    editor: Client, shop: Shop, sent: dict[str, object], said: str
) -> None:
    assert said in editor.post(PAGE, {"shop": shop.pk} | sent).content.decode()


def test_nothing_is_stored_but_one_line_in_the_audit_trail(editor: Client, shop: Shop, lin: User) -> None:
    versions = ArticleVersion.objects.count()

    asked(editor, shop)

    [line] = AuditEntry.objects.filter(verb="kb.examine")
    assert (line.by, line.shop_key, line.details["right"], line.details["wrong"]) == (lin, "shanye", 1, 1)
    assert "delivery" not in str(line.details)
    assert ArticleVersion.objects.count() == versions


def test_the_file_holds_every_question_and_no_formula(editor: Client, shop: Shop) -> None:
    lines = "=1+1 |\nCan I send it back? | returns"

    response = editor.post(FILE, {"shop": shop.pk, "lines": lines})

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Question", "Expected key", "Verdict"]
    assert rows[1][0] == "'=1+1"
    assert rows[2][:4] == ["Can I send it back?", "returns", "Right", "Answered"]
    assert rows[2][4:7] == ["returns", "Can I send it back?", "0.990"]


def test_the_page_offers_the_same_questions_for_download(editor: Client, shop: Shop) -> None:
    page = editor.post(PAGE, {"shop": shop.pk, "lines": LINES})

    again = editor.post(FILE, {"shop": shop.pk, "lines": page.context["lines"]})

    assert len(again.content.decode().splitlines()) == 1 + len(LINES.splitlines())


def test_questions_of_customers_stay_text(editor: Client, shop: Shop) -> None:
    page = editor.post(PAGE, {"shop": shop.pk, "lines": "<script>alert(1)</script> |"}).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_another_shop_is_not_examined(editor: Client, other_shop: Shop) -> None:
    response = editor.post(PAGE, {"shop": other_shop.pk, "lines": LINES})

    assert "sheet" not in response.context
    assert response.context["form"].errors["shop"]


def test_an_agent_does_not_examine(agent: Client, shop: Shop) -> None:
    assert agent.get(PAGE).status_code == agent.post(FILE, {"shop": shop.pk}).status_code == 403


def test_more_articles_and_questions_take_no_more_queries(
    editor: Client, shop: Shop, lin: User, django_assert_max_num_queries: object
) -> None:
    many_articles(shop, lin, 20)
    asked(editor, shop)
    lines = "\n".join(f"Question {number}? | a{number}" for number in range(20))

    with django_assert_max_num_queries(9):  # type: ignore[operator]
        asked(editor, shop, lines)
