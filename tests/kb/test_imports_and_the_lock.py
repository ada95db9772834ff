"""An import is made ready while others work; the shop's lock is held only while its rows are written."""

from collections.abc import Callable

import pytest
from django.db import connection

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.compliance.models import Rule
from kb import actions
from kb.actions import rows, writer
from kb.imports import Sheet
from kb.models import Article, ArticleVersion, Category, RuleHit
from kb.rules import Draft
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft

pytestmark = pytest.mark.django_db(transaction=True)

SHEET = Sheet(
    {
        2: Draft("tent", "Is the tent waterproof?", ("Does it leak?",), "Yes.", "Tents"),
        3: Draft("delivery", "How long does delivery take?", (), "One day."),
    },
    (),
)


def take_in(shop: Shop, sheet: Sheet = SHEET, **more: object) -> actions.Imported:
    return actions.import_articles(shop=shop, sheet=sheet, by=None, at=MONDAY_9AM, **more)  # type: ignore[arg-type]


def between_reading_and_writing(do: Callable[[], object]) -> Callable[[type[object], int], list[int]]:
    """Has something done once, after an import has read the shop and before it writes."""
    reserved, done = rows.reserved, list[bool]()

    def listening(model: type[object], count: int) -> list[int]:
        if model is ArticleVersion and not connection.in_atomic_block and not done:
            done.append(True)
            do()
        return reserved(model, count)  # type: ignore[arg-type]

    return listening


def test_numbers_taken_for_an_import_are_never_given_to_other_rows(shop: Shop, lin: User) -> None:
    first = draft(shop, lin)

    take_in(shop)
    last = draft(shop, lin, key="lamp", question="How long does the lamp burn?")

    ids = list(ArticleVersion.objects.order_by("pk").values_list("pk", flat=True))
    assert len(ids) == 4
    assert (ids[0], ids[-1]) == (first.pk, last.pk)
    assert {article.latest_version_id for article in Article.objects.all()} == set(ids[1:])


def test_rows_written_at_once_have_every_part_of_rows_written_one_by_one(shop: Shop) -> None:
    Rule.objects.create(
        shop=shop, key="own-tent", family="absolute", words="帐篷", action="warn", updated_at=MONDAY_9AM
    )
    text = Draft("tent", "帐篷防水吗？", ("漏吗",), "帐篷防水。", "帐篷", negatives=("灯",), tell_person=True)

    take_in(shop, Sheet({2: text}, ()))

    article = Article.objects.get()
    version = ArticleVersion.objects.get()
    assert (version.phrasings, version.negatives, version.tell_person) == (["漏吗"], ["灯"], True)
    assert (version.article, version.number, version.created_at) == (article, 1, MONDAY_9AM)
    assert (article.created_at, article.updated_at, article.in_help_centre) == (MONDAY_9AM, MONDAY_9AM, True)
    assert article.category == Category.objects.get(name="帐篷")
    assert [hit.rule for hit in RuleHit.objects.all()] == ["own-tent"]
    assert {finding["text"] for finding in version.findings} == {"帐篷"}


def test_what_was_written_meanwhile_is_seen_and_nothing_is_overwritten(
    shop: Shop, lin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(shop, lin, answer="Two days.")
    meanwhile = between_reading_and_writing(lambda: draft(shop, lin, answer="Three days."))
    monkeypatch.setattr("kb.actions.writer.reserved", meanwhile)

    done = take_in(shop)

    answers = ArticleVersion.objects.filter(article__key="delivery").order_by("number")
    assert [version.answer for version in answers] == ["Two days.", "Three days.", "One day."]
    assert (done.new, done.changed) == (1, 1)


def test_a_question_taken_meanwhile_is_named_by_its_line_and_nothing_is_imported(
    shop: Shop, lin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile = between_reading_and_writing(
        lambda: draft(shop, lin, key="shelter", question="Is the tent waterproof?")
    )
    monkeypatch.setattr("kb.actions.writer.reserved", meanwhile)

    with pytest.raises(actions.BadImport) as refused:
        take_in(shop)

    assert [(issue.line, issue.refusal.code) for issue in refused.value.issues] == [(2, "kb.question-taken")]
    assert [article.key for article in Article.objects.all()] == ["shelter"]
    assert not Category.objects.exists()


def test_a_rule_made_meanwhile_is_heard(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile = between_reading_and_writing(
        lambda: Rule.objects.create(
            shop=shop,
            key="own-day",
            family="absolute",
            words="One day",
            action="block",
            updated_at=MONDAY_9AM,
        )
    )
    monkeypatch.setattr("kb.actions.writer.reserved", meanwhile)

    with pytest.raises(actions.BadImport) as refused:
        take_in(shop, to_publish=True)

    assert [(issue.line, issue.refusal.code) for issue in refused.value.issues] == [
        (3, "kb.unsayable-answer")
    ]
    assert not Article.objects.exists()


def test_texts_are_read_and_rows_made_while_nobody_waits(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    behind_the_lock: list[bool] = []
    read = writer.found_in

    def listening(*args: object) -> object:
        behind_the_lock.append(connection.in_atomic_block)
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(writer, "found_in", listening)

    take_in(shop)

    assert behind_the_lock == [False, False]
