"""Manuals in Markdown, HTML and docx become questions with answers, and nothing that reaches out is read."""

import io
import random
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb.manuals import Section, read_manual
from kb.models import Article
from tests.kb.articles import draft
from tests.kb.pages import said

PAGE = "/admin/kb/manual/"
MANUAL = """# 双人帐篷说明书

前言。

## 1. 怎么搭建？

先铺地布，再撑**内帐**。

1. 穿杆
2. 立杆

## 参数

| 项目 | 数值 |
| --- | --- |
| 防水 | 3000 毫米 |

## 常见问题

问：可以机洗吗？
答：不可以，请用湿布擦拭。

Q: Does it fit two?
A: Yes, two adults.
"""
HTML = """<html><head><title>x</title><style>p{}</style></head><body><h1>灯</h1><p>说明&amp;保修</p>
<script>alert(1)</script><h2>保养</h2><p>擦干<br>收好</p><img src="http://evil.example/a.png">
<h1>杯</h1><h2>保养</h2><p>勿用洗碗机</p></body></html>"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def _relations(kind: str, target: str, mode: str = "") -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_R}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


def _paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, **parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("_rels/.rels", _relations("officeDocument", "word/document.xml"))
        packed.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/"), text)
    return made.getvalue()


TENT = docx(
    _paragraph("怎么收纳？", "Heading1")
    + _paragraph("晾干后卷起。")
    + f"<w:tbl><w:tr><w:tc>{_paragraph('重量')}</w:tc><w:tc>{_paragraph('2.1 千克')}</w:tc></w:tr></w:tbl>"
)


def found(data: bytes | str, name: str) -> dict[str, str]:
    sections = read_manual(data.encode() if isinstance(data, str) else data, name)
    return {section.question: section.answer for section in sections}


# --- What is found --------------------------------------------------------------------------------------


def test_headings_and_questions_of_markdown_become_sections() -> None:
    assert found(MANUAL, "manual.md") == {
        "双人帐篷说明书": "前言。",
        "怎么搭建？": "先铺地布，再撑内帐。\n• 穿杆\n• 立杆",
        "参数": "项目 | 数值\n防水 | 3000 毫米",
        "可以机洗吗？": "不可以，请用湿布擦拭。",
        "Does it fit two?": "Yes, two adults.",
    }


def test_html_is_read_as_a_reader_sees_it_and_equal_headings_say_of_what() -> None:
    assert found(HTML, "manual.html") == {
        "灯": "说明&保修",
        "灯：保养": "擦干\n收好",
        "杯：保养": "勿用洗碗机",
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_manuals_are_read_in_the_encodings_that_shops_use(encoding: str) -> None:
    assert "怎么搭建？" in found(MANUAL.encode(encoding), "manual.md")


def test_docx_is_read_with_its_tables() -> None:
    assert found(TENT, "manual.docx") == {"怎么收纳？": "晾干后卷起。\n重量 | 2.1 千克"}


def test_a_link_in_a_docx_is_words_and_no_reach_outside() -> None:
    linked = docx(
        _paragraph("Care", "Heading1") + _paragraph("See our page."),
        **{
            "word___rels__document.xml.rels": _relations(
                "hyperlink", "https://example.com", ' TargetMode="External"'
            )
        },
    )

    assert found(linked, "manual.docx") == {"Care": "See our page."}


# --- What is refused ------------------------------------------------------------------------------------


def _bombs() -> dict[str, tuple[bytes, str, str]]:
    chance = random.Random(5)
    outside = _relations("image", "http://evil.example/a.png", ' TargetMode="External"')
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document>&e;</w:document>'
    return {
        "unknown kind": (b"%PDF-1.7", "manual.pdf", "kb.manual.unknown-kind"),
        "old word": (bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 99, "manual.docx", "kb.import.old-office"),
        "no zip": (b"nonsense", "manual.docx", "kb.manual.not-a-document"),
        "half a file": (TENT[:-80], "manual.docx", "kb.manual.not-a-document"),
        "another zip": (_zip({"readme.txt": "x"}), "manual.docx", "kb.manual.not-a-document"),
        "bomb": (_zip({"word/document.xml": "A" * 2**24}), "manual.docx", "kb.import.too-large"),
        "big inside": (
            _zip({f"word/{n}.xml": chance.randbytes(2**19).hex() for n in range(26)}),
            "manual.docx",
            "kb.import.too-large",
        ),
        "entities": (_zip({"word/document.xml": entity}), "manual.docx", "kb.manual.not-a-document"),
        "outside picture": (
            docx(_paragraph("x"), **{"word___rels__document.xml.rels": outside}),
            "manual.docx",
            "kb.manual.reaches-out",
        ),
        "nothing in it": (b"just words", "manual.md", "kb.manual.no-sections"),
        "empty": (b"", "manual.html", "kb.manual.no-sections"),
        "too many": (b"# a\n\nb\n\n" * 301, "manual.md", "kb.import.too-large"),
        "too large": (b"a" * (4 * 2**20 + 1), "manual.md", "kb.import.too-large"),
        "no text": (b"\x00\x01\x02\x00", "manual.md", "kb.import.unknown-encoding"),
    }


def _zip(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return made.getvalue()


BAD = _bombs()


@pytest.mark.parametrize(("data", "name", "code"), BAD.values(), ids=BAD)
def test_what_cannot_or_must_not_be_read_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_manual(data, name)

    assert refused.value.code == code


def test_a_section_is_what_it_says() -> None:
    [section] = read_manual(b"# Tent\n\n## Care\n\nDry it.", "m.md")

    assert section == Section("Care", "Dry it.", ("Tent",))


# --- The page -------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _uploads_wait_in_a_folder_of_the_test(settings: object, tmp_path: object) -> None:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]


def upload(editor: Client, shop: Shop, text: str = MANUAL, name: str = "tent.md") -> object:
    return editor.post(PAGE, {"shop": shop.pk, "file": SimpleUploadedFile(name, text.encode())})


def chosen(page: object, *ticks: int, **questions: str) -> dict[str, object]:
    first = page.context["choice"].initial  # type: ignore[attr-defined]
    told = {"shop": first["shop"].pk, "waiting": first["waiting"], "name": first["name"]}
    return told | {f"tick-{place}": "on" for place in ticks} | questions


def test_what_is_ticked_becomes_drafts_as_the_editor_worded_them(editor: Client, shop: Shop) -> None:
    page = upload(editor, shop)
    assert "怎么搭建？" in page.content.decode()  # type: ignore[attr-defined]
    assert not Article.objects.exists()

    told = chosen(page, 2, 4, **{"question-2": "帐篷怎么搭？", "question-4": "可以机洗吗？"})
    response = editor.post(PAGE, told, follow=True)

    texts = {str(article): article.latest_version.answer for article in Article.objects.all()}  # type: ignore[union-attr]
    assert texts == {
        "帐篷怎么搭？": "先铺地布，再撑内帐。\n• 穿杆\n• 立杆",
        "可以机洗吗？": "不可以，请用湿布擦拭。",
    }
    assert "2 new" in said(response)
    assert not Article.objects.live().exists()


def test_questions_that_the_shop_answers_already_are_named(editor: Client, shop: Shop, lin: User) -> None:
    draft(shop, lin, key="washing", question="可以机洗吗？")

    page = upload(editor, shop)
    response = editor.post(PAGE, chosen(page, 4))

    assert "washing" in page.content.decode()  # type: ignore[attr-defined]
    assert "Nothing was imported" in said(response)
    assert Article.objects.count() == 1


def test_the_same_manual_again_offers_nothing_new(editor: Client, shop: Shop) -> None:
    editor.post(PAGE, chosen(upload(editor, shop), 1, 2, 3, 4, 5))

    again = upload(editor, shop).content.decode()  # type: ignore[attr-defined]

    assert again.count("There already") == 5
    assert "checked" not in again


def test_nothing_ticked_saves_nothing(editor: Client, shop: Shop) -> None:
    response = editor.post(PAGE, chosen(upload(editor, shop)))

    assert "Tick what becomes" in said(response)


def test_a_manual_waits_for_its_uploader_alone(client: Client, shop: Shop, lin: User, omar: User) -> None:
    client.force_login(lin)
    told = chosen(upload(client, shop), 1)
    client.force_login(omar)

    response = client.post(PAGE, told, follow=True)

    assert "Upload the file again" in said(response)
    assert not Article.objects.exists()


def test_no_manual_goes_into_a_foreign_shop(editor: Client, shop: Shop, other_shop: Shop) -> None:
    assert "shop" in upload(editor, other_shop).context["form"].errors  # type: ignore[attr-defined]

    editor.post(PAGE, chosen(upload(editor, shop), 1) | {"shop": other_shop.pk})

    assert not Article.objects.exists()


def test_a_manual_that_cannot_be_read_is_refused_on_the_page(editor: Client, shop: Shop) -> None:
    page = upload(editor, shop, "just words").content.decode()  # type: ignore[attr-defined]

    assert "No heading with a text below it" in page
