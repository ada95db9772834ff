"""Nothing that people read is left in English: the catalogues are whole, and compiled as they stand."""

from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils.translation.trans_real import DjangoTranslation

from tests.i18n.catalogue import LIBRARIES, OURS, Message, messages
from tests.i18n.source import in_source

BOTH = pytest.mark.parametrize("path", [OURS, LIBRARIES], ids=["ours", "libraries"])
# The job library's monitor says it of a table in a terminal.
OTHERWISE_HERE = {"Schedules"}


def said(compiled: GNUTranslations, message: Message) -> str:
    """What the compiled catalogue makes of the message."""
    if message.msgid_plural:
        return compiled.ngettext(message.msgid, message.msgid_plural, 2)
    if message.msgctxt:
        return compiled.pgettext(message.msgctxt, message.msgid)
    return compiled.gettext(message.msgid)


def compiled(path: Path) -> GNUTranslations:
    with path.with_suffix(".mo").open("rb") as file:
        return GNUTranslations(file)


@BOTH
def test_every_message_has_its_chinese(path: Path) -> None:
    assert [one.key for one in messages(path) if not one.msgstr.strip()] == []


@BOTH
def test_no_translation_waits_for_a_second_look(path: Path) -> None:
    assert [one.key for one in messages(path) if any("fuzzy" in flag for flag in one.flags)] == []
    assert "\n#~ " not in path.read_text(encoding="utf-8")


@BOTH
def test_every_translation_names_the_holes_of_its_sentence(path: Path) -> None:
    assert [one.key for one in messages(path) if not one.holes_agree] == []


@BOTH
def test_the_compiled_catalogue_says_what_the_written_one_says(path: Path) -> None:
    catalogue = compiled(path)

    assert [one.key for one in messages(path) if said(catalogue, one) != one.msgstr] == []
    assert len(catalogue._catalog) == len(messages(path)) + 1  # type: ignore[attr-defined] # and the header


def test_the_catalogue_has_exactly_what_the_source_says() -> None:
    source, catalogue = in_source(), {one.key for one in messages(OURS)}

    assert {key: path for key, path in source.items() if key not in catalogue} == {}, "make messages"
    assert catalogue - source.keys() == set(), "make messages"


def test_our_words_do_not_change_what_the_libraries_say() -> None:
    """One word has one Chinese in the whole process: ours would win, also on the libraries' pages."""
    with override_settings(LOCALE_PATHS=[]):
        theirs = DjangoTranslation("zh-hans")
    changed = {
        one.msgid
        for one in messages(OURS)
        if not one.msgctxt and theirs.gettext(one.msgid) not in {one.msgid, one.msgstr}
    }

    assert changed == OTHERWISE_HERE
