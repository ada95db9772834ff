"""Customers' pictures, drawn anew: what goes in may be anything, what comes out is a JPEG that we made ourselves."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from cscore.common.errors import Refusal

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_EDGE = 2_000
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# A picture one or two pixels high is no photo of anything, and a few pixels wide it is a trick.
SHORTEST_EDGE = 8

# Decoders meet bytes that somebody made to break them: whatever they stumble over, it is no photo.
BROKEN = (
    OSError, ValueError, TypeError, KeyError, IndexError, SyntaxError, EOFError, OverflowError, AttributeError,
    NotImplementedError, ArithmeticError, MemoryError, RecursionError, Warning, struct.error, zlib.error,
)  # fmt: skip


class TooLarge(Refusal):
    code = "photo-too-large"
    status = 413
    sentence = _("A photo may have at most 10 MB.")


class TooManyPixels(Refusal):
    code = "photo-too-many-pixels"
    status = 413
    sentence = _("A photo may have at most 25 million pixels.")


class NoPhoto(Refusal):
    code = "no-photo"
    status = 415
    sentence = _("This is no photo that we can read. Send a JPEG, PNG, WebP or GIF.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG without anything beside its pixels: no place, no camera, no comment, no second file behind it."""

    data: bytes
    width: int
    height: int


def redrawn(sent: bytes) -> Picture:
    """The first picture of what was sent, upright and at most LONGEST_EDGE long.

    Raises TooLarge, TooManyPixels, NoPhoto. How many pixels there are is read before any of them is.
    """
    if len(sent) > MOST_BYTES:
        raise TooLarge
    try:
        return _redrawn(sent)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooManyPixels from bomb
    except BROKEN as broken:
        raise NoPhoto from broken


def _redrawn(sent: bytes) -> Picture:
    with Image.open(BytesIO(sent), formats=FORMATS) as image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise TooManyPixels
        if min(width, height) < SHORTEST_EDGE:
            raise NoPhoto
        image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        image.load()
        upright = _upright(image)
        upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        seen = upright.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    drawn = BytesIO()
    paper.save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return Picture(drawn.getvalue(), *paper.size)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its metadata say; as it is when they say nothing that can be read."""
    try:
        return ImageOps.exif_transpose(image)
    except BROKEN:
        return image
