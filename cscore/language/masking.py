"""Takes personal data out of a text that leaves the house."""

import re
import unicodedata
from collections.abc import Iterable

_SEPARATED = r"[\s.-]?"
_DIGIT = r"[0-9]"
_PLACE = r"[\u4e00-\u9fff]"

# Order matters: an address in a link, a card number that holds a mobile's digits.
_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+", re.IGNORECASE), "[link]"),
    (re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE), "[mail]"),
    (
        re.compile(
            rf"(?<!{_DIGIT}){_DIGIT}{{6}}{_SEPARATED}(?:19|20){_DIGIT}{{2}}{_SEPARATED}{_DIGIT}{{4}}{_SEPARATED}{_DIGIT}{{3}}[0-9xX](?!{_DIGIT})"
        ),
        "[id]",
    ),
    (
        re.compile(
            rf"(?<!{_DIGIT})(?:\+?0{{0,2}}86{_SEPARATED})?1{_SEPARATED}[3-9](?:{_SEPARATED}{_DIGIT}){{9}}(?!{_SEPARATED}{_DIGIT})"
        ),
        "[phone]",
    ),
    (re.compile(rf"(?<!{_DIGIT})\(?0{_DIGIT}{{2,3}}\)?[\s-]?{_DIGIT}{{7,8}}(?!{_DIGIT})"), "[phone]"),
    (re.compile(r"\+\d{1,3}(?:[\s().-]?\d){7,13}"), "[phone]"),
    (re.compile(rf"(?<![A-Za-z0-9])(?:{_DIGIT}{_SEPARATED}){{12,22}}{_DIGIT}(?![A-Za-z0-9])"), "[number]"),
    (
        re.compile(
            r"(?<![A-Za-z0-9])(?=[A-Za-z-]{0,6}\d|\d+[A-Za-z])[A-Za-z0-9]{0,6}-?\d[A-Za-z0-9-]{5,}(?![A-Za-z0-9])"
        ),
        "[number]",
    ),
    (re.compile(rf"(?<!{_DIGIT}){_DIGIT}{{6,}}(?!{_DIGIT})"), "[number]"),
    (
        re.compile(
            rf"(?:(?:{_PLACE}{{2,8}}?(?:省|自治区))?\s*{_PLACE}{{2,8}}?[市州盟]\s*{_PLACE}{{1,8}}?[区县市旗镇]"
            rf"[\u4e00-\u9fffA-Za-z0-9\s#、-]{{0,40}}?(?:号楼|号院|[号栋幢座室弄楼层])(?:[A-Za-z0-9\u4e00-\u9fff-]{{0,12}}[号栋幢座室楼])*)"
            rf"|{_PLACE}{{2,10}}(?:路|街|大道|巷|胡同|村|弄)\s*[0-9一二三四五六七八九十百]+\s*号(?:院|楼)?"
            rf"(?:\s*[0-9A-Za-z一二三四五六七八九十-]+\s*(?:号楼|栋|幢|座|单元|层|楼|室|号))*"
        ),
        "[address]",
    ),
    (
        re.compile(
            r"\b\d{1,5}\s+(?:[A-Z][A-Za-z'.-]+\s+){1,4}(?:St(?:reet)?|Ave(?:nue)?|R(?:oa)?d|Lane|Ln|Drive|Dr|Blvd|Boulevard|Way|Court|Ct|Place|Pl|Square|Sq)\b\.?"
        ),
        "[address]",
    ),
    (
        re.compile(
            rf"((?:我叫|我是|姓名[是:：]?|收件人[是:：]?|收货人[是:：]?|名字[是叫:：]?)\s*)(?!不|的|在|想|要|你|个|买|昨|今|说|从|刚|来|这|问){_PLACE}{{2,4}}(?=[\s,，。.;；!！]|$)"
        ),
        r"\1[name]",
    ),
    (
        re.compile(r"\b((?i:my name is|i am called|this is|name:)\s+)[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+){0,2}"),
        r"\1[name]",
    ),
)
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]")
SHORTEST_NAME = 2


def masked(text: str, *, names: Iterable[str] = ()) -> str:
    """The text with a word in brackets for each phone, address, mail, card, identity or order number in it.

    `names` are those known to be a person's. A text with nothing of the kind comes back as it was.
    """
    plain = _HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    hidden = plain
    for name in sorted({name.strip() for name in names}, key=len, reverse=True):
        if len(name) >= SHORTEST_NAME:
            hidden = re.sub(
                re.escape(unicodedata.normalize("NFKC", name)), "[name]", hidden, flags=re.IGNORECASE
            )
    for pattern, mask in _MASKS:
        hidden = pattern.sub(mask, hidden)
    return text if hidden == plain else hidden
