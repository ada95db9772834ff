"""A .po file as its messages, without gettext's tools."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "cscore" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
LIBRARIES = ROOT / "cscore" / "locale_vendor" / "zh_Hans" / "LC_MESSAGES" / "django.po"

Key = tuple[str, str]

KEYWORD = re.compile(r"(msgctxt|msgid|msgid_plural|msgstr)(?:\[\d\])? ")
HOLE = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[a-z]|%%")


@dataclass
class Message:
    """One message. Chinese has one plural form, so `msgstr` is it."""

    msgctxt: str = ""
    msgid: str = ""
    msgid_plural: str = ""
    msgstr: str = ""
    flags: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.msgctxt, self.msgid

    @property
    def holes_agree(self) -> bool:
        """The one Chinese form stands for the plural, and may name each hole as often as it likes."""
        return holes(self.msgstr) == holes(self.msgid_plural or self.msgid)


def holes(text: str) -> set[str]:
    return set(HOLE.findall(text))


def messages(path: Path) -> list[Message]:
    """Every message of the file, without the header."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [message for message in map(_message, blocks) if message.msgid]


def _message(block: str) -> Message:
    message = Message()
    for name, text in _fields(block):
        setattr(message, name, getattr(message, name) + text)
    message.flags = re.findall(r"^#, (.*)$", block, re.MULTILINE)
    return message


def _fields(block: str) -> Iterator[tuple[str, str]]:
    """Each quoted line with the keyword that it belongs to."""
    name = ""
    for line in block.splitlines():
        if found := KEYWORD.match(line):
            name, line = found[1], line[found.end() :]
        if line.startswith('"'):
            yield name, ast.literal_eval(line)
