"""Whether the shop's own side just said no to a customer who wants his money or another article."""

import re
import unicodedata
from typing import Final

from cscore.language.displeasure.ngrams import MOST_CHARACTERS

REFUSALS: Final = (
    r"(?:不能|无法|不可以|不支持|不予|没法|没办法|不接受|拒绝)(?:再)?(?:给您|为您|帮您|办理|申请|进行|做|直接){0,3}(?:退|换|赔|补发|补偿)",
    r"(?:退|换|赔|补)(?:货|款|偿|换)?(?:申请)?(?:已|已经)?(?:被)?(?:不了|不通过|未通过|驳回|拒绝|办不了)",
    r"(?:不符合|超过|超出|已过).{0,8}(?:退|换|赔|七天|7天)",
    r"\b(?:cannot|can ?not|can't|could not|couldn't|unable to|won't|will not|not able to)\b.{0,30}\b(?:refund|return|exchange|replace|compensat)",
    r"\b(?:refund|return|exchange|claim)\b.{0,20}\b(?:declined|denied|rejected|refused|not possible|not eligible)\b",
)
_REFUSALS: Final = re.compile("|".join(REFUSALS))


def refuses(text: str) -> bool:
    """Whether this sentence of the shop's refuses a refund, a return, an exchange or compensation."""
    return bool(_REFUSALS.search(unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).casefold()))
