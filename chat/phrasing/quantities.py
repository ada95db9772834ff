"""The numbers of a text with what they count, in digits or in words, in Chinese and English.

Two texts promise the same when they name the same quantities: "七天内" and "7 天内" do, "7 天" and "7 小时" do not.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_UNITS: tuple[tuple[str, str], ...] = (
    ("business day", r"个?工作日|business days?|working days?"),
    ("hour", r"个?小时|个?钟头|hours?|hrs?|h(?![a-z])"),
    ("minute", r"分钟|minutes?|mins?"),
    ("second", r"秒钟?|seconds?|secs?"),
    ("day", r"个?自然日|天|日|days?"),
    ("week", r"个?星期|周|weeks?"),
    ("month", r"个?月|months?"),
    ("year", r"年|years?"),
    ("percent", r"%|percent|per cent"),
    ("discount", r"折"),
    ("times", r"倍|times"),
    ("yuan", r"元|块钱?|圆|人民币|rmb|cny|yuan"),
    ("dollar", r"美元|dollars?|usd"),
    ("item", r"件|pieces?|items?"),
    ("kilo", r"公斤|千克|kg|kilos?|kilograms?"),
    ("jin", r"斤"),
    ("kilometre", r"公里|千米|km|kilometres?|kilometers?"),
)
_UNIT = "|".join(f"(?P<u{place}>{pattern})" for place, (_, pattern) in enumerate(_UNITS))
_SIGNS = {"¥": "yuan", "$": "dollar", "€": "euro", "£": "pound"}

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
}
_POWERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_UP_TO_TWENTY = (
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    + ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
    + ("twenty",)
)
_ENGLISH: dict[str, Decimal] = {
    **{word: Decimal(value) for value, word in enumerate(_UP_TO_TWENTY)},
    **{"a": Decimal(1), "an": Decimal(1), "half": Decimal("0.5")},
    **{
        "thirty": Decimal(30),
        "forty": Decimal(40),
        "fifty": Decimal(50),
        "sixty": Decimal(60),
        "ninety": Decimal(90),
    },
}

_SIGNED = re.compile(r"([¥$€£])\s*(\d+(?:\.\d+)?)")
_PERCENT_IN_WORDS = re.compile(r"百分之([零〇一二两三四五六七八九十百\d.]+)")
_IN_DIGITS = re.compile(rf"(?<![\d.])(\d+(?:\.\d+)?)(?:\s*[-~至到]\s*(\d+(?:\.\d+)?))?\s*(?:{_UNIT})?")
_IN_CHINESE = re.compile(rf"([零〇一二两三四五六七八九十百千万]+|半)\s*(?:{_UNIT})")
_IN_ENGLISH = re.compile(rf"\b({'|'.join(_ENGLISH)})[\s-]+(?:an?\s+)?(?:{_UNIT})\b", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

Quantity = tuple[Decimal, str]


def quantities(text: str) -> frozenset[Quantity]:
    """Every (value, unit) that the text names; the unit is empty for a bare number, which only digits can be."""
    words = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).casefold())
    found: set[Quantity] = set()
    for sign, number in _SIGNED.findall(words):
        found.add((_decimal(number), _SIGNS[sign]))
    words = _SIGNED.sub(" ", words)
    for number in _PERCENT_IN_WORDS.findall(words):
        found.add((_chinese(number), "percent"))
    words = _PERCENT_IN_WORDS.sub(" ", words)
    for match in _IN_DIGITS.finditer(words):
        found.update((_decimal(number), _unit(match)) for number in match.group(1, 2) if number)
    found.update((_chinese(match[1]), _unit(match)) for match in _IN_CHINESE.finditer(words))
    found.update((_ENGLISH[match[1]], _unit(match)) for match in _IN_ENGLISH.finditer(words))
    return frozenset(found)


def _unit(match: re.Match[str]) -> str:
    return next((unit for place, (unit, _) in enumerate(_UNITS) if match[f"u{place}"]), "")


def _decimal(number: str) -> Decimal:
    try:
        return Decimal(number).normalize()
    except InvalidOperation:
        return Decimal(-1)


def _chinese(number: str) -> Decimal:
    """十五 is 15, 三百 is 300, 半 is a half; what is no numeral counts as a number nobody gave."""
    if number == "半":
        return Decimal("0.5")
    if not set(number) - set("0123456789."):
        return _decimal(number)
    total, section, digit = 0, 0, 0
    for character in number:
        if character in _DIGITS:
            digit = digit * 10 + _DIGITS[character]
        elif character == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        elif character in _POWERS:
            section, digit = section + (digit or 1) * _POWERS[character], 0
        else:
            return Decimal(-1)
    return Decimal(total + section + digit).normalize()
