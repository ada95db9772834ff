"""What the index keeps of an article: terms with weights, by where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kb.search.reading import all_words, folded, sound_of, sounds, stem_of

# In one field, told apart by their first character; no word begins with either.
STEM: Final = "~"
SOUND: Final = "'"
# Between a sound and a word that has it, in the list of known words.
PARTED: Final = "|"

_QUESTION, _PHRASING, _ANSWER = 6.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one article that can be searched."""

    key: str
    question: str
    phrasings: tuple[str, ...]
    answer: str


def terms_of(document: Document) -> dict[str, float]:
    """Every term with its weight: that of the most telling place it stands in."""
    places = (
        (folded(document.answer), _ANSWER),
        (folded("\n".join(document.phrasings)), _PHRASING),
        (folded(document.question), _QUESTION),
    )
    found: dict[str, float] = {}
    for text, weight in places:
        for word in all_words(text):
            found[word] = weight
            stem = stem_of(word)
            if stem and stem != word:
                found[STEM + stem] = weight
        found |= {SOUND + sound: weight for sound in sounds(text)}
    return found


def known_words(terms: Iterable[str]) -> set[str]:
    """Sound and word of every Chinese word of two characters or more, for whoever types another one that sounds alike."""
    return {
        f"{sound_of(term)}{PARTED}{term}"
        for term in terms
        if len(term) > 1 and "\u3400" <= term[0] <= "\u9fff"
    }
