"""Numbers and account names inside a folded text, by kind. Every finder runs in time linear in the text."""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum

from cscore.compliance.folding import Break, Folded

Span = tuple[int, int]


class Kind(StrEnum):
    """What a template may ask for in braces; DIGITS, AMOUNT and ACCOUNT may carry a length: {digits:5-11}."""

    PHONE = "phone"
    IDCARD = "idcard"
    BANKCARD = "bankcard"
    DIGITS = "digits"
    AMOUNT = "amount"
    ACCOUNT = "account"


# How people part the digits of a long number; anything else is several numbers.
GROUPINGS: dict[Kind, frozenset[tuple[int, ...]]] = {
    Kind.PHONE: frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (1,) * 11}),
    Kind.IDCARD: frozenset({(18,), (6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4), (1,) * 18}),
    Kind.BANKCARD: frozenset(
        {(16,), (17,), (18,), (19,), (4, 4, 4, 4), (4, 4, 4, 4, 3), (6, 10), (6, 13), (1,) * 16, (1,) * 19}
    ),
}
SHORTEST_NUMBER = 11
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, ISO 7064 MOD 11-2
ID_CHECKS = "10x98765432"
SPOKEN_DIGITS = str.maketrans("零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "01234567891123456789")

_DIGITS = re.compile(r"[0-9]+")
_DIGITS_AND_CHECK = re.compile(r"[0-9]+x(?![a-z0-9])|[0-9]+")
_NUMERAL = re.compile(r"[0-9零一二两三四五六七八九十百千万几半幺壹贰叁肆伍陆柒捌玖]")
_AMOUNT = re.compile(r"[0-9一二两三四五六七八九十百千万几半]+")
_ACCOUNT = re.compile(r"[a-z0-9]+")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_CARD = re.compile(r"(?:62|4|5[1-5]|3[57])[0-9]{14,17}")


def is_phone(digits: str) -> bool:
    """A mobile number of mainland China."""
    return _MOBILE.fullmatch(digits) is not None


def is_idcard(digits: str) -> bool:
    """A citizen's identity number whose check character is right."""
    if len(digits) != 18 or not digits[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, ID_WEIGHTS, strict=False))
    return digits[6:8] in {"19", "20"} and digits[17] == ID_CHECKS[total % 11]


def is_bankcard(digits: str) -> bool:
    """A card number of a known scheme that passes the Luhn check (ISO/IEC 7812-1)."""
    if _CARD.fullmatch(digits) is None:
        return False
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0


VALID: dict[Kind, Callable[[str], bool]] = {
    Kind.PHONE: is_phone,
    Kind.IDCARD: is_idcard,
    Kind.BANKCARD: is_bankcard,
}


def find_numbers(kind: Kind, folded: Folded) -> list[Span]:
    """Where numbers of this kind stand, in the order of their ends."""
    if kind in VALID:
        long_enough = len(_NUMERAL.findall(folded.text)) >= SHORTEST_NUMBER
        return list(_checked(kind, folded)) if long_enough else []
    pattern = {Kind.DIGITS: _DIGITS, Kind.AMOUNT: _AMOUNT, Kind.ACCOUNT: _ACCOUNT}[kind]
    weakest = Break.SPACE if kind is Kind.ACCOUNT else Break.MARK
    return [
        span for match in pattern.finditer(folded.text) for span in _unbroken(match.span(), folded, weakest)
    ]


def _checked(kind: Kind, folded: Folded) -> Iterator[Span]:
    if len(folded.text) < SHORTEST_NUMBER:
        return
    text = folded.text.translate(SPOKEN_DIGITS)
    pattern = _DIGITS_AND_CHECK if kind is Kind.IDCARD else _DIGITS
    pieces = [
        span for match in pattern.finditer(text) for span in _unbroken(match.span(), folded, Break.MARK)
    ]
    longest = max(map(len, GROUPINGS[kind]))
    for last in range(len(pieces)):
        sizes: tuple[int, ...] = ()
        for first in range(last, max(-1, last - longest), -1):
            if first < last and not _touching(pieces[first], pieces[first + 1], folded):
                break
            start, end = pieces[first][0], pieces[last][1]
            sizes = (pieces[first][1] - start, *sizes)
            if sizes in GROUPINGS[kind] and VALID[kind](text[start:end]):
                yield start, end


def _touching(left: Span, right: Span, folded: Folded) -> bool:
    return left[1] == right[0] and folded.breaks[right[0]] <= Break.CLAUSE


def _unbroken(span: Span, folded: Folded, weakest: Break) -> Iterator[Span]:
    """The pieces of a run between breaks of this strength and more."""
    start, end = span
    for index in range(start + 1, end):
        if folded.breaks[index] >= weakest:
            yield start, index
            start = index
    yield start, end
