"""Office files are zip files of XML: what is looked at before anything of one is unpacked or built up. Pure.

Reading is done in pieces and stops at the first thing that no honest file has, so that no file costs much memory.
"""

import io
import struct
import zipfile
from pathlib import PurePosixPath
from typing import IO, Final
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal
from kb.imports import TooLarge

LARGEST_INFLATED: Final = 200 * 2**20
MOST_PARTS: Final = 200
MOST_CELLS_A_ROW: Final = 256
LONGEST_TEXT: Final = 32_767
_LARGEST_DIRECTORY: Final = 2**18
# A part that shrinks more than this was made to: text shrinks to a tenth, a table of repeated rows to a fiftieth.
_MOST_SHRUNK: Final = 150
_SMALL: Final = 2**20
_MOST_OTHERS: Final = 100_000
_DEEPEST: Final = 100
_PIECE: Final = 2**16
_LONGEST_TAG: Final = 2**20
_CELLS: Final = frozenset({"c", "v", "f", "is", "t", "r", "rPr", "si", "row", "p", "pPr", "tc", "tr"})
_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")


class OldOffice(Refusal):
    code = "kb.import.old-office"
    sentence = _(
        "This is an Office file of the old kind, or one with a password. Save it anew, without a password."
    )


class Damaged(Refusal):
    code = "kb.import.damaged"
    sentence = _("This file is damaged or was not made by an office program: %(reason)s.")


class TooManyColumns(Refusal):
    code = "kb.import.too-many-columns"
    sentence = _("A row has more than %(most)s cells.")


class CellTooLong(Refusal):
    code = "kb.import.cell-too-long"
    sentence = _("A cell has more than %(most)s characters.")


def looked_through(data: bytes, most_inflated: int = LARGEST_INFLATED) -> None:
    """Raises OldOffice, Damaged, TooLarge, TooManyColumns or CellTooLong for a file that must not be opened."""
    if data.startswith(_OLE):
        raise OldOffice
    _refuse_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            _refuse_bomb(parts, most_inflated)
            for part in parts:
                if PurePosixPath(part.filename).suffix in {".xml", ".rels"}:
                    with packed.open(part) as stream:
                        _Look().through(stream)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as bad:
        raise Damaged(reason=type(bad).__name__) from bad
    except Exception as bad:
        # zlib and lzma have errors of their own, and not always the same.
        if type(bad).__module__ in {"zlib", "lzma", "_lzma"}:
            raise Damaged(reason=type(bad).__name__) from bad
        raise


def _refuse_directory(data: bytes) -> None:
    """The list of parts itself can be a bomb: its length is read before it is."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 2**16 - 22))
    if end < 0 or len(data) < end + 22:
        raise Damaged(reason=_("it is no zip file"))
    length, _offset = struct.unpack_from("<LL", data, end + 12)
    if length > _LARGEST_DIRECTORY or b"PK\x06\x07" in data[max(0, end - 20) : end]:
        raise TooLarge(most=_("%(count)d parts") % {"count": MOST_PARTS})


def _refuse_bomb(parts: list[zipfile.ZipInfo], most_inflated: int) -> None:
    if len(parts) > MOST_PARTS:
        raise TooLarge(most=_("%(count)d parts") % {"count": MOST_PARTS})
    if sum(part.file_size for part in parts) > most_inflated:
        raise TooLarge(most=f"{most_inflated // 2**20} MiB")
    if len({part.filename for part in parts}) < len(parts):
        raise Damaged(reason=_("a part stands in it twice"))
    for part in parts:
        if part.flag_bits & 1:
            raise OldOffice
        if part.file_size > max(_SMALL, part.compress_size * _MOST_SHRUNK):
            raise TooLarge(most=f"{_SMALL // 2**20} MiB")


class _Look:
    """One pass over one part's XML, which keeps nothing of it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.cells = self.length = self.others = self.depth = 0

    def through(self, stream: IO[bytes]) -> None:
        fed = 0
        try:
            while piece := stream.read(_PIECE):
                fed += len(piece)
                self.parser.Parse(piece, False)
                if fed - self.parser.CurrentByteIndex > _LONGEST_TAG:
                    raise Damaged(reason=_("a tag has no end"))
            self.parser.Parse(b"", True)
        except expat.ExpatError as wrong:
            raise Damaged(reason=expat.ErrorString(wrong.code)) from wrong

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        self.depth += 1
        if kind in {"row", "c", "si", "p"}:
            self.length = 0
        self.cells = 0 if kind == "row" else self.cells + (kind == "c")
        self.others += kind not in _CELLS
        if self.cells > MOST_CELLS_A_ROW:
            raise TooManyColumns(most=MOST_CELLS_A_ROW)
        if self.others > _MOST_OTHERS or self.depth > _DEEPEST:
            raise TooLarge(most=_("%(count)d parts") % {"count": _MOST_OTHERS})

    def _end(self, name: str) -> None:
        self.depth -= 1

    def _text(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise CellTooLong(most=LONGEST_TEXT)

    def _entity(self, *declared: object) -> None:
        raise Damaged(reason=_("it declares entities"))
