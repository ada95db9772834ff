"""Whatever is sent as a photo: what is kept is a JPEG of ours, or nothing."""

import random
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image

from cscore.common.errors import Refusal
from tickets.pictures import LONGEST_EDGE, MOST_BYTES, NoPhoto, TooLarge, TooManyPixels, redrawn

SCRIPT = b"<script>alert(document.domain)</script>"
PLACE = "36.0617N"


def picture(kind: str, size: tuple[int, int] = (64, 48), **more: object) -> bytes:
    file = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Image.new("RGB", size, (200, 30, 60)).save(file, kind, **more)
    return file.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG that says it is so large, whatever is in it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = f"taken at {PLACE} {SCRIPT.decode()}"
    exif[0x0110] = "Phone 9"
    return picture("JPEG", exif=exif)


def animated() -> bytes:
    file = BytesIO()
    frames = [Image.new("P", (32, 32), shade) for shade in range(20)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], comment=SCRIPT)
    return file.getvalue()


def readable() -> Iterator[tuple[str, bytes]]:
    """Photos with something behind, before or inside them."""
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        whole = picture(kind)
        yield f"{kind}", whole
        yield f"{kind} with a page behind it", whole + b"\n<!doctype html>" + SCRIPT
        yield f"{kind} with an archive behind it", whole + b"PK\x03\x04" + b"evil.js" * 20
        yield f"{kind} with a PDF behind it", whole + b"%PDF-1.7\n/JavaScript"
        yield (
            f"{kind} with SVG behind it",
            whole + b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        )
    yield "JPEG with a place and a script in its metadata", with_exif()
    yield "JPEG with a comment", picture("JPEG", comment=SCRIPT)
    yield (
        "PNG with text",
        b"".join([picture("PNG")[:33], chunk(b"tEXt", b"x\0" + SCRIPT), picture("PNG")[33:]]),
    )
    yield "WebP with metadata", picture("WEBP", exif=b"Exif\0\0" + SCRIPT, xmp=SCRIPT)
    yield "GIF with frames and a comment", animated()
    yield "PNG with transparency", transparent()
    yield "JPEG in CMYK", in_mode("CMYK", "JPEG")
    yield "PNG in 16 bit", in_mode("I;16", "PNG")
    yield "PNG in black and white", in_mode("1", "PNG")


def transparent() -> bytes:
    file = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(file, "PNG")
    return file.getvalue()


def in_mode(mode: str, kind: str) -> bytes:
    file = BytesIO()
    Image.new(mode, (40, 40)).save(file, kind)
    return file.getvalue()


def unreadable() -> Iterator[tuple[str, bytes, type[Refusal]]]:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>"
    yield "nothing", b"", NoPhoto
    yield "text", b"hello", NoPhoto
    yield "a page", b"<!doctype html>" + SCRIPT, NoPhoto
    yield "SVG", svg, NoPhoto
    yield "XML", b"<?xml version='1.0'?>" + svg, NoPhoto
    yield "SVG that begins like a GIF", b"GIF89a" + svg, NoPhoto
    yield "a page that begins like a JPEG", b"\xff\xd8\xff\xe0" + SCRIPT, NoPhoto
    yield "a page that begins like a PNG", b"\x89PNG\r\n\x1a\n" + SCRIPT, NoPhoto
    yield "a page that begins like a WebP", b"RIFF\x40\0\0\0WEBPVP8 " + SCRIPT, NoPhoto
    yield "a PDF", b"%PDF-1.4\n%%EOF", NoPhoto
    yield "an archive", b"PK\x05\x06" + b"\0" * 18, NoPhoto
    yield "a program", b"MZ" + b"\0" * 200, NoPhoto
    yield "a bitmap", picture("BMP"), NoPhoto
    yield "a TIFF", picture("TIFF"), NoPhoto
    yield "an icon", picture("ICO"), NoPhoto
    yield "PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NoPhoto
    yield "one pixel", picture("PNG", (1, 1)), NoPhoto
    yield "a line of pixels", picture("PNG", (5_000, 1)), NoPhoto
    yield "no pixels", png_of(0, 0), NoPhoto
    yield "a header alone", png_of(100, 100), NoPhoto
    yield (
        "a bomb of pixels",
        png_of(50_000, 50_000, chunk(b"IDAT", zlib.compress(b"\0" * 1_000))),
        TooManyPixels,
    )
    yield "a bomb just above the limit", png_of(5_001, 5_000), TooManyPixels
    yield (
        "a bomb of text",
        png_of(40, 40, chunk(b"zTXt", b"x\0\0" + zlib.compress(b"\0" * 50_000_000))),
        NoPhoto,
    )
    yield (
        "a GIF that says it is vast",
        b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0\0\0;",
        NoPhoto,
    )
    yield "too many bytes", picture("JPEG") + b"\0" * MOST_BYTES, TooLarge
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        whole = picture(kind, (300, 200))
        yield f"half a {kind}", whole[: len(whole) // 2], NoPhoto


READABLE, UNREADABLE = list(readable()), list(unreadable())


def test_there_are_enough_of_them() -> None:
    assert len(READABLE) + len(UNREADABLE) >= 40


@pytest.mark.parametrize(("name", "sent"), READABLE, ids=[name for name, _ in READABLE])
def test_a_photo_is_drawn_anew_and_nothing_else_of_it_is_kept(name: str, sent: bytes) -> None:
    drawn = redrawn(sent)

    assert drawn.data.startswith(b"\xff\xd8\xff")
    assert drawn.data.endswith(b"\xff\xd9")
    for trace in (SCRIPT, b"alert", b"evil.js", b"%PDF", b"<svg", PLACE.encode(), b"Phone 9", b"Exif"):
        assert trace not in drawn.data
    with Image.open(BytesIO(drawn.data)) as image:
        assert image.format == "JPEG"
        assert image.size == (drawn.width, drawn.height)
        assert not image.getexif()


@pytest.mark.parametrize(("name", "sent", "refusal"), UNREADABLE, ids=[name for name, *_ in UNREADABLE])
def test_anything_else_is_refused_with_its_reason(name: str, sent: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        redrawn(sent)


def test_a_large_photo_becomes_smaller_and_keeps_its_shape() -> None:
    drawn = redrawn(picture("JPEG", (4_000, 3_000)))

    assert (drawn.width, drawn.height) == (LONGEST_EDGE, 1_500)


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    assert (redrawn(picture("JPEG", (60, 40), exif=exif)).height) == 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_damaged_bytes_are_a_photo_or_refused_and_never_an_error(kind: str) -> None:
    dice, whole = random.Random(3), picture(kind, (80, 60))
    outcomes: set[bool] = set()
    for _ in range(150):
        broken = bytearray(whole)
        for place in dice.sample(range(len(broken)), 4):
            broken[place] = dice.randrange(256)
        outcomes.add(_taken(redrawn, bytes(broken)))

    assert outcomes <= {True, False}
    assert outcomes


def _taken(draw: Callable[[bytes], object], sent: bytes) -> bool:
    try:
        draw(sent)
    except Refusal:
        return False
    return True
