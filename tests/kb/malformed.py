"""Files that no import may take: kinds of damage, each drawn anew for every seed."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator

import openpyxl

Make = Callable[[random.Random], bytes]
HEADER = ["编号", "分类", "标准问", "相似问", "答案"]
BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_CLOSE = "</sheetData></worksheet>"


def book(*rows: list[object]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def sound(chance: random.Random) -> bytes:
    rows = [[f"k{number}", "", f"第{number}问？", "", "答。"] for number in range(chance.randint(1, 9))]
    return book(HEADER, *rows)


def csv(*rows: list[str]) -> str:
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)


def changed(data: bytes, **parts: bytes) -> bytes:
    """The file with these parts in place of its own; names with / are given with __."""
    source, made = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        new = {name.replace("__", "/"): text for name, text in parts.items()}
        for name in [*source.namelist(), *(new.keys() - set(source.namelist()))]:
            packed.writestr(name, new.get(name, b"") or source.read(name))
    return made.getvalue()


def sheet(body: str) -> bytes:
    return changed(book(HEADER), **{SHEET.replace("/", "__"): (_OPEN + body + _CLOSE).encode()})


def cell(text: str, place: str = "A1") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def truncated(chance: random.Random) -> bytes:
    whole = sound(chance)
    return whole[: chance.randint(1, len(whole) - 30)]


def holes(chance: random.Random) -> bytes:
    """Bytes overwritten inside the packed sheet."""
    whole = bytearray(sound(chance))
    place = whole.index(SHEET.encode()) + len(SHEET) + 20
    whole[place : place + 40] = chance.randbytes(40)
    return bytes(whole)


def bomb(chance: random.Random) -> bytes:
    """A sheet that swells a thousandfold."""
    return sheet(cell("A" * chance.randint(8, 24) * 2**20))


def many_strings(chance: random.Random) -> bytes:
    """Shared strings, each within bounds, together far beyond what was packed."""
    one = f"<si><t>{'A' * 30_000}</t></si>"
    text = f"<sst>{one * chance.randint(1500, 2000)}</sst>"
    return changed(book(HEADER), **{STRINGS.replace("/", "__"): text.encode()})


def many_parts(chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for number in range(chance.randint(300, 9000)):
            packed.writestr(f"xl/{number}.xml", b"")
    return made.getvalue()


def laughs(chance: random.Random) -> bytes:
    """Entities that grow out of each other."""
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(chance.randint(3, 12))
    )
    text = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><workbook>&e2;</workbook>'
    return changed(book(HEADER), **{BOOK.replace("/", "__"): text.encode()})


def outside(chance: random.Random) -> bytes:
    """An entity that would read a file of the server's."""
    text = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData>&e;</sheetData></worksheet>'
    return changed(book(HEADER), **{SHEET.replace("/", "__"): text.encode()})


def deep(chance: random.Random) -> bytes:
    count = chance.randint(200, 50_000)
    return sheet("<row>" * count + "</row>" * count)


def endless_tag(chance: random.Random) -> bytes:
    noise = chance.randbytes(700_000).hex()
    return sheet(f'<row r="1" x="{noise}{noise[::-1]}"/>')


def wide(chance: random.Random) -> bytes:
    """A million cells in one row."""
    return sheet("<row>" + '<c t="n"><v>1</v></c>' * chance.choice([300, 17_000, 1_000_000]) + "</row>")


def huge_cell(chance: random.Random) -> bytes:
    text = chance.randbytes(chance.randint(20_000, 400_000)).hex()
    return sheet(f"<row>{cell(text)}</row>")


def not_closed(chance: random.Random) -> bytes:
    return sheet("<row><c><v>" * chance.randint(1, 5))


def no_sheet(chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(chance.choice(["readme.txt", "word/document.xml", BOOK]), b"<x/>")
    return made.getvalue()


def twice_inside(chance: random.Random) -> bytes:
    made = io.BytesIO(sound(chance))
    directory = made.getvalue()
    place = directory.rindex(BOOK.encode())
    return directory[:place] + SHEET.encode()[: len(BOOK)] + directory[place + len(BOOK) :]


def lying_directory(chance: random.Random) -> bytes:
    whole = bytearray(sound(chance))
    struct.pack_into("<L", whole, whole.rindex(b"PK\x05\x06") + 12, chance.randint(2**19, 2**31))
    return bytes(whole)


def ole(chance: random.Random) -> bytes:
    """What Excel writes for a password, and what it wrote twenty years ago."""
    return bytes.fromhex("D0CF11E0A1B11AE1") + chance.randbytes(4000)


def encrypted_part(chance: random.Random) -> bytes:
    whole = bytearray(sound(chance))
    place = whole.rindex(b"PK\x01\x02")
    whole[place + 8] |= 1
    return bytes(whole)


def html(chance: random.Random) -> bytes:
    return b"<html><table><tr><td>" + chance.randbytes(30).hex().encode() + b"</td></tr></table></html>"


def noise(chance: random.Random) -> bytes:
    return chance.randbytes(chance.randint(0, 5000))


def merged_header(chance: random.Random) -> bytes:
    """Only the first of merged cells holds a text."""
    made = openpyxl.Workbook()
    made.active.append(HEADER)
    made.active.merge_cells(chance.choice(["C1:E1", "B1:E1", "A1:E1"]))
    made.active.append(["k", "", "Why?", "", "So."])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def formula(chance: random.Random) -> bytes:
    """Formulas that no program has worked out yet: their cells are empty."""
    return book(HEADER, ["k", "", f"={chance.randint(1, 9)}+A1", "", "So."])


def wrong_types(chance: random.Random) -> bytes:
    return book(HEADER, [chance.choice(["a/b", "two words", "真 假", "a" * 61]), "", "Why?", "", "So."])


def too_long(chance: random.Random) -> bytes:
    row = ["k", "", "Why?", "", "So."]
    row[chance.choice([1, 2, 3, 4])] = "长" * 4001
    return book(HEADER, list(row))


def header_twice(chance: random.Random) -> bytes:
    return book([*HEADER, chance.choice(HEADER), ""], ["k", "", "Why?", "", "So."])


def header_missing(chance: random.Random) -> bytes:
    kept = [name for name in HEADER if name != chance.choice(["标准问", "答案"])]
    return book(chance.choice([kept[:2], ["Frage", "Antwort"], [], ["标准问"]]), ["k", "", "Why?"])


def key_twice(chance: random.Random) -> bytes:
    return book(HEADER, *[["k", "", f"{number}?", "", "So."] for number in range(chance.randint(2, 9))])


XLSX: dict[str, Make] = {
    make.__name__: make
    for make in (
        truncated, holes, bomb, many_strings, many_parts, laughs, outside, deep, endless_tag, wide, huge_cell,
        not_closed, no_sheet, twice_inside, lying_directory, ole, encrypted_part, html, noise, merged_header, formula,
        wrong_types, too_long, header_twice, header_missing, key_twice,
    )
}  # fmt: skip
GOOD_CSV = csv(HEADER, ["k", "", "帐篷防水吗？", "", "防水三千毫米。"])


def _csv_with(cell: str) -> bytes:
    return csv(HEADER, ["k", "", f"问{cell}？", "", "答。"]).encode()


CSV: dict[str, Make] = {
    "nul": lambda chance: _csv_with("\x00"),
    "control": lambda chance: _csv_with(chr(chance.choice([1, 7, 8, 11, 12, 14, 27, 127]))),
    "utf_16_without_mark": lambda chance: GOOD_CSV.encode(chance.choice(["utf-16-le", "utf-16-be"])),
    "half_utf_16": lambda chance: (b"\xff\xfe" + GOOD_CSV.encode("utf-16-le"))[
        : -1 - 2 * chance.randint(0, 9)
    ],
    "half_utf_8": lambda chance: GOOD_CSV.encode().replace(
        "防".encode(), "防".encode()[: chance.randint(1, 2)]
    ),
    "big_5": lambda chance: csv(["key", "問題", "答案"], ["k", "請問帳篷防水嗎" * 9, "是"]).encode("big5"),
    "latin": lambda chance: "Fräge;Äntwört\r\nWärum;Därum".encode("latin-1"),
    "quote_open": lambda chance: GOOD_CSV.encode() + b'\r\n"' + b"x" * chance.randint(1, 999),
    "quote_inside": lambda chance: GOOD_CSV.encode() + b'\r\n"a" b"c",d,e,f,g',
    "field_without_end": lambda chance: GOOD_CSV.encode() + b"\r\n" + b"y" * chance.randint(140_000, 900_000),
    "row_without_end": lambda chance: GOOD_CSV.encode() + b"\r\n" + b"," * chance.randint(2**21, 2**22),
    "rows_without_end": lambda chance: GOOD_CSV.encode() + b"\r\n" * chance.randint(100_050, 300_000) + b"x",
    "semicolons": lambda chance: GOOD_CSV.replace(",", ";").encode(),
    "too_large": lambda chance: b"a" * (32 * 2**20 + chance.randint(1, 99)),
    "an_xlsx": sound,
}


def all_of_them(each: int) -> Iterator[tuple[str, str, bytes]]:
    """Kind, content type's short name, and the file: `each` of every kind, fewer of the dear ones."""
    dear = {"bomb", "many_strings", "wide", "too_large", "row_without_end", "rows_without_end", "endless_tag"}
    for short, kinds in (("xlsx", XLSX), ("csv", CSV)):
        for name, make in kinds.items():
            for seed in range(3 if name in dear else each):
                yield f"{name}-{seed}", short, drawn(make, seed)


def drawn(make: Make, seed: int) -> bytes:
    return make(random.Random(seed))
