"""Whether a language model's text may be said: only what the given answers say, in plain words, with its sources.

Filters on what goes in can be talked around; this looks at what comes out, and knows what was given.
"""

import re
import unicodedata
from collections.abc import Iterable

from chat.phrasing.outcome import NoWords, Outcome
from chat.phrasing.quantities import quantities
from chat.phrasing.task import Task

LONGEST = 1_500
# A rephrasing is about as long as what it rephrases.
LONGER_BY, AND_BY = 1.6, 80

_CITATION = re.compile(r"\s*[\[【［]\s*([A-Za-z]*\s*\d+(?:\s*[,，、]\s*[A-Za-z]*\s*\d+)*)\s*[\]】］]")
_MARKUP = re.compile(
    r"<\s*[/!?a-z]|&(?:#\w+|[a-z]+);|\]\(|`|\*\*|__|^\s{0,3}#{1,6}\s|^\s*[-*+]\s|\{\{|\{%|^\s*\|.*\|\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_BRACKETS = re.compile(r"[\[\]{}<>【】［］]")
_LINKS = re.compile(
    r"[a-z][a-z0-9+.-]{1,12}:(?://|(?=\S*[@.]))\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|top|shop|io|me|cc|vip|xyz|info|co|app|link)\b\S*"
    r"|(?:微信|wechat|vx|qq|whatsapp|telegram|支付宝|银行卡|二维码)",
    re.ASCII | re.IGNORECASE,
)
_LONG_DIGITS = re.compile(r"\d(?:[\s().-]?\d){6,}")
_CODES = re.compile(r"\b(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9-]{4,}\b", re.ASCII)

# Times and promises that are made without a digit.
# ASCII, so that a Latin word ends where a Chinese character begins.
_PROMISES = re.compile(
    r"当天|当日|今天|今日|明天|明日|次日|隔天|后天|隔日|马上|立刻|立即|随时|永久|终身|全额|全款|免费|包邮|免运费|赠送|送您|优惠券|红包|返现|赔付|赔偿"
    r"|补偿|折扣|打折|保证|承诺|一定会|肯定会|无条件|无理由"
    r"|\b(?:today|tomorrow|tonight|same[- ]day|next[- ]day|overnight|immediately|instantly|right away|at once"
    r"|anytime|forever|lifetime|free|gratis|complimentary|gift|coupon|voucher|discount|refund(?:ed|s)?|compensat\w+|guarantee\w*"
    r"|promis\w+|unconditional\w*|no questions asked)\b",
    re.ASCII,
)
_DENIALS = re.compile(
    r"不|没|无法|无需|未|勿|禁止|除外|除非|仅限|只能|谢绝|拒绝"
    r"|\b(?:not|no|never|cannot|can't|won't|don't|doesn't|isn't|aren't|without|except|unless|only|unable)\b",
    re.ASCII,
)
# Denies nothing although it holds such a word.
_NO_DENIALS = re.compile(
    r"不但|不仅|不过|不妨|不用担心|不好意思|是不是|能不能|可不可以|\bnot only\b|\bno (?:problem|worries)\b"
)


def checked(text: str, task: Task) -> str:
    """The text without its citations, ready to be said. Raises NoWords with the first reason against it."""
    if not text.strip():
        raise NoWords(Outcome.EMPTY)
    _cites_what_was_given(text, task)
    said = _CITATION.sub("", text).strip()
    if not said:
        raise NoWords(Outcome.EMPTY)
    if len(said) > min(LONGEST, len(task.given) * LONGER_BY + AND_BY):
        raise NoWords(Outcome.TOO_MUCH)
    if _MARKUP.search(said) or _HIDDEN.search(said) or _unknown(_BRACKETS, said, task.given):
        raise NoWords(Outcome.NOT_PLAIN)
    if _invents(said, task.given):
        raise NoWords(Outcome.INVENTS)
    if _denies(said) != _denies(task.given):
        raise NoWords(Outcome.REVERSES)
    return said


def _cites_what_was_given(text: str, task: Task) -> None:
    """Every id that was given and no other."""
    cited = {
        one.strip().upper().replace(" ", "")
        for group in _CITATION.findall(unicodedata.normalize("NFKC", text))
        for one in re.split(r"[,，、]", group)
    }
    if not cited:
        raise NoWords(Outcome.CITES_NOTHING)
    if cited - task.by_id.keys():
        raise NoWords(Outcome.CITES_UNKNOWN)
    if task.by_id.keys() - cited:
        raise NoWords(Outcome.LEAVES_OUT)


def _invents(said: str, given: str) -> bool:
    """Whether the text names a figure, link, number, code or promise that was not given."""
    if quantities(said) - quantities(given):
        return True
    if {_digits(one) for one in _LONG_DIGITS.findall(said)} - {
        _digits(one) for one in _LONG_DIGITS.findall(given)
    }:
        return True
    return any(_unknown(pattern, said, given) for pattern in (_LINKS, _CODES, _PROMISES))


def _unknown(pattern: re.Pattern[str], said: str, given: str) -> bool:
    """Whether the pattern finds something in the text that does not stand in what was given."""
    known = _folded(given)
    return any(found.rstrip(".,;:!?。，；：！？)）") not in known for found in _found(pattern, _folded(said)))


def _found(pattern: re.Pattern[str], text: str) -> Iterable[str]:
    return (match[0] for match in pattern.finditer(text))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _denies(text: str) -> bool:
    return bool(_DENIALS.search(_NO_DENIALS.sub("", _folded(text))))
