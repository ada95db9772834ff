"""Brings the many spellings of one question to one form, before anything is compared.

Every rule here holds for training texts and for customers' messages alike: both pass through `Normaliser`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from opencc import OpenCC

from kb.matching.padding import unpadded

_SIMPLIFIED = OpenCC("t2s")

# Order matters: an e-mail address contains a host, an order number contains a phone number's digits.
_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    # Chat platforms write pictures and faces as a word in brackets.
    (re.compile(r"(?:#[a-z]-[a-z])?\[[\w ]{1,20}\]"), " "),
    (re.compile(r"\b(?:https?://|www\.)[^\s\u4e00-\u9fff]+"), " ~url "),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII), " ~mail "),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"), " ~phone "),
    (re.compile(r"(?<![a-z0-9])#?[a-z]{0,4}[-_]?\d{8,}(?![a-z0-9])"), " ~order "),
    (re.compile(r"\d+(?:[.,:]\d+)*"), " ~number "),
    (re.compile(r"\b(?:mr|mrs|ms|miss|dr)\.? [^\W\d_]+"), " ~name "),
)
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[^\w~]+")


@dataclass(frozen=True)
class Normaliser:
    """Turns a message into the text that is compared; `synonyms` maps the shop's words to one word each."""

    synonyms: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __call__(self, text: str) -> str:
        """The comparable form of a text: one script, one case, names and numbers masked, padding gone."""
        return _SPACES.sub(" ", unpadded(self._masked(self.folded(text)).strip())).strip()

    def key(self, text: str) -> str:
        """What two texts share when they are the same question word for word, whatever their punctuation."""
        return self.bare(self(text))

    @staticmethod
    def bare(normalised: str) -> str:
        """The key of a text that is normalised already."""
        return _PUNCTUATION.sub(" ", normalised).strip()

    @staticmethod
    def folded(text: str) -> str:
        """One width, one case, one script; nothing masked and nothing left out but what nobody sees."""
        compatible = _HIDDEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
        return str(_SIMPLIFIED.convert(compatible))

    def _masked(self, text: str) -> str:
        for pattern, mask in _MASKS:
            text = pattern.sub(mask, text)
        return self._synonym_pattern.sub(lambda found: self._folded_synonyms[found[0]], text)

    @cached_property
    def _folded_synonyms(self) -> dict[str, str]:
        return {
            self.folded(word): self.folded(meant) for word, meant in self.synonyms.items() if word.strip()
        }

    @cached_property
    def _synonym_pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._folded_synonyms, key=len, reverse=True)
        return re.compile("|".join(map(_as_pattern, longest_first)) or r"(?!)")


def _as_pattern(word: str) -> str:
    # A Latin synonym replaces whole words only: "tee" must not be found in "guarantee".
    escaped = re.escape(word)
    return rf"(?<![a-z0-9]){escaped}(?![a-z0-9])" if word.isascii() else escaped
