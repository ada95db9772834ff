"""Which encoding a text file is in. Pure: bytes in, a codec's name out."""

import codecs
from typing import Final

from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE: Final = 2**16
# In UTF-8 with a slip of the pen nearly every character is still right; GB18030 read as UTF-8 has hardly one.
_MOST_WRONG: Final = 0.2


class UnknownEncoding(Refusal):
    code = "kb.import.unknown-encoding"
    sentence = _(
        "The file is not text in UTF-8, UTF-16 or GB18030: it looks like %(guess)s. Save it as UTF-8."
    )


def encoding_of(data: bytes) -> str:
    """The codec that reads all of it. Raises UnknownEncoding, which says what the file looks like."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            if not _reads(data, name):
                raise UnknownEncoding(
                    guess=_("damaged %(name)s") % {"name": name.removesuffix("-sig").upper()}
                )
            return name
    if b"\x00" in data[:_PIECE]:
        halves = data[:_PIECE:2].count(0), data[1:_PIECE:2].count(0)
        wide = max(halves) > 4 * min(halves)
        raise UnknownEncoding(guess=_("UTF-16 without its mark") if wide else _("no text"))
    if _reads(data, "utf-8"):
        return "utf-8"
    if _wrong_in_utf8(data) < _MOST_WRONG:
        raise UnknownEncoding(guess=_("damaged UTF-8"))
    if _reads(data, "gb18030"):
        return "gb18030"
    raise UnknownEncoding(guess=_("another encoding"))


def _reads(data: bytes, name: str) -> bool:
    """Whether the codec takes all of it; in pieces, so that no second copy is made."""
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _wrong_in_utf8(data: bytes) -> float:
    """The share of characters beyond ASCII that are wrong, read as UTF-8."""
    text = data[: 16 * _PIECE].decode("utf-8", errors="replace")
    beyond = [character for character in text if character > "\x7f"]
    return beyond.count("\ufffd") / len(beyond) if beyond else 0.0
