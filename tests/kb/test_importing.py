import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from cscore.compliance.models import Rule
from kb import actions
from kb.imports import NoArticles, TooLarge, read_jsonl
from kb.models import Article, ArticleVersion, Category, Release
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft

TENT = {
    "id": "tent",
    "question": "帐篷防水吗？",
    "variants": ["下雨会漏吗"],
    "answer": "防水三千毫米。",
    "category": "商品",
}
LAMP = {"id": "lamp", "question": "How long does the lamp burn?", "variants": [], "answer": "Eight hours."}


def jsonl(*rows: object, encoding: str = "utf-8") -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode(encoding)


def take_in(shop: Shop, data: bytes, by: User | None = None, *, to_publish: bool = False) -> actions.Imported:
    sheet = read_jsonl(data)
    return actions.import_articles(shop=shop, sheet=sheet, by=by, at=MONDAY_9AM, to_publish=to_publish)


def test_a_file_becomes_drafts(shop: Shop, lin: User) -> None:
    done = take_in(shop, jsonl(TENT, LAMP), lin)

    tent = Article.objects.get(key="tent")
    assert (done.new, done.changed, done.same, done.release) == (2, 0, 0, None)
    assert tent.latest_version is not None
    assert tent.latest_version.phrasings == ["下雨会漏吗"]
    assert str(tent.category) == "商品"
    assert not tent.is_live


def test_a_file_goes_live_as_one_release(shop: Shop) -> None:
    done = take_in(shop, jsonl(TENT, LAMP), to_publish=True)

    assert done.release == 1
    assert Release.objects.filter(number=1).count() == 2


def test_the_same_file_again_does_nothing(shop: Shop) -> None:
    take_in(shop, jsonl(TENT, LAMP), to_publish=True)
    lines = AuditEntry.objects.count()

    again = take_in(shop, jsonl(TENT, LAMP), to_publish=True)

    assert (again.new, again.changed, again.same, again.release) == (0, 0, 2, None)
    assert ArticleVersion.objects.count() == 2
    assert AuditEntry.objects.count() == lines


def test_a_changed_line_makes_one_new_version(shop: Shop) -> None:
    take_in(shop, jsonl(TENT, LAMP))

    again = take_in(shop, jsonl(TENT, LAMP | {"answer": "Nine hours."}))

    assert (again.new, again.changed, again.same) == (0, 1, 1)


def test_a_file_without_categories_leaves_them_as_they_are(shop: Shop, lin: User) -> None:
    draft(shop, lin, key="lamp", category=Category.objects.create(shop=shop, name="Light"))

    take_in(shop, jsonl(LAMP))

    assert str(Article.objects.get().category) == "Light"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(shop: Shop, encoding: str) -> None:
    assert take_in(shop, jsonl(TENT, LAMP, encoding=encoding)).new == 2


GOOD = jsonl(TENT)
BAD_LINES = {
    "kb.import.not-utf-8": jsonl(TENT, encoding="gb18030"),
    "kb.import.not-json": b'{"id": "x", ',
    "kb.import.missing-field": b'{"id": "x"}',
    "kb.import.unknown-field": jsonl(LAMP | {"asnwer": "typo"}),
    "kb.import.wrong-type": jsonl(LAMP | {"variants": "one"}),
    "kb.bad-key": jsonl(LAMP | {"id": "two words"}),
    "kb.no-question": jsonl(LAMP | {"question": " "}),
    "kb.question-too-long": jsonl(LAMP | {"question": "q" * 257}),
    "kb.phrasing-too-long": jsonl(LAMP | {"variants": ["p" * 257]}),
    "kb.answer-too-long": jsonl(LAMP | {"answer": "a" * 4001}),
    "kb.category-too-long": jsonl(LAMP | {"category": "c" * 61}),
    "kb.unstorable-text": b'{"id": "x", "question": "\\ud83d"}',
    "kb.key-twice": jsonl(TENT | {"question": "another"}),
    "kb.question-taken": jsonl(TENT | {"id": "another"}),
    "kb.empty-answer": jsonl(LAMP | {"answer": ""}),
    "kb.unsayable-answer": jsonl(LAMP | {"answer": "全网最低价"}),
}
MORE_BAD_LINES = [
    ("kb.import.not-json", b"[1, 2]"),
    ("kb.import.not-json", b"nonsense"),
    ("kb.import.not-json", b"[" * 5000),
    ("kb.import.not-utf-8", b"\xff\xfe\xfd"),
    ("kb.import.wrong-type", jsonl(LAMP | {"question": 7})),
    ("kb.import.wrong-type", jsonl(LAMP | {"variants": [7]})),
    ("kb.import.missing-field", b'{"question": "x"}'),
    ("kb.unstorable-text", b'{"id": "x", "question": "a\\u0000b"}'),
]


@pytest.mark.parametrize(("code", "bad"), [*BAD_LINES.items(), *MORE_BAD_LINES])
def test_one_bad_line_keeps_the_whole_file_out_and_is_named(shop: Shop, code: str, bad: bytes) -> None:
    Rule.objects.create(
        shop=shop,
        key="own-lowest",
        family="absolute",
        words="全网最低价",
        action="block",
        updated_at=MONDAY_9AM,
    )

    with pytest.raises(actions.BadImport) as refused:
        take_in(shop, GOOD + b"\n\n" + bad, to_publish=True)

    assert [(issue.line, issue.refusal.code) for issue in refused.value.issues] == [(3, code)]
    assert not Article.objects.exists()
    assert not Category.objects.exists()


def test_every_bad_line_is_named_at_once(shop: Shop) -> None:
    with pytest.raises(actions.BadImport) as refused:
        take_in(shop, b"\n".join([b"{}", GOOD, b"nonsense"]))

    assert [issue.line for issue in refused.value.issues] == [1, 3]
    assert refused.value.details == {"count": 2}


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(NoArticles):
        read_jsonl(b"\n \n")


def test_a_file_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.imports.MOST_LINES", 1)
    with pytest.raises(TooLarge):
        read_jsonl(jsonl(TENT, LAMP))

    monkeypatch.setattr("kb.imports.LARGEST_FILE", 10)
    with pytest.raises(TooLarge):
        read_jsonl(GOOD)


def test_half_a_utf_16_file_is_named(shop: Shop) -> None:
    with pytest.raises(Refusal) as refused:
        take_in(shop, jsonl(TENT, encoding="utf-16")[:-1])

    assert refused.value.code == "kb.import.not-utf-8"


def test_the_command_says_what_it_did(shop: Shop, tmp_path: Path) -> None:
    file, said = tmp_path / "kb.jsonl", StringIO()
    file.write_bytes(jsonl(TENT, LAMP))

    call_command("import_articles", str(file), "--shop", "shanye", "--publish", stdout=said)

    assert said.getvalue() == "shanye: 2 new, 0 changed, 0 unchanged; live as release 1.\n"


def test_the_command_points_at_the_bad_line(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "kb.jsonl"
    file.write_bytes(GOOD + b"\nnonsense")

    with pytest.raises(CommandError) as refused:
        call_command("import_articles", str(file), "--shop", "shanye")

    assert f"{file}:2: kb.import.not-json" in str(refused.value)


@pytest.mark.parametrize(("name", "key"), [("absent.jsonl", "shanye"), ("kb.jsonl", "nobody")])
def test_the_command_needs_a_file_and_a_shop(shop: Shop, tmp_path: Path, name: str, key: str) -> None:
    (tmp_path / "kb.jsonl").write_bytes(GOOD)

    with pytest.raises(CommandError):
        call_command("import_articles", str(tmp_path / name), "--shop", key)
