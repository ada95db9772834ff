"""The engines that are compared: ours, and what a shop would otherwise install. One call a query for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import bm25s
import numpy as np
import rjieba
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from whoosh import fields, query
from whoosh.analysis import RegexTokenizer
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import BM25F

from kb.matching import Entry, train

_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Found:
    """Entry ids, best first, and how sure the engine says it is of the first, on its own scale."""

    ids: tuple[str, ...]
    score: float
    answered: bool | None = None


Ask = Callable[[str], Found]
Build = Callable[[Sequence[Entry]], Ask]


def with_vectors(entries: Sequence[Entry]) -> Ask:
    """Ours, with sentence vectors."""
    return _ours(entries, use_vectors=True)


def lexical(entries: Sequence[Entry]) -> Ask:
    """Ours, on spelling and sound alone."""
    return _ours(entries, use_vectors=False)


def whoosh(entries: Sequence[Entry]) -> Ask:
    """Whoosh, BM25F over words, any of the query's words."""
    schema = fields.Schema(row=fields.STORED, text=fields.TEXT(analyzer=RegexTokenizer(r"\S+")))
    index = RamStorage().create_index(schema)
    writer = index.writer()
    owners, texts = _rows(entries)
    for row, text in enumerate(texts):
        writer.add_document(row=row, text=" ".join(_words(text)))
    writer.commit()
    searcher = index.searcher(weighting=BM25F())

    def ask(text: str) -> Found:
        hits = searcher.search(
            query.Or([query.Term("text", word) for word in _words(text)]), limit=_SHOWN * 5
        )
        return _best((owners[hit["row"]], float(hit.score or 0.0)) for hit in hits)

    return ask


def bm25(entries: Sequence[Entry]) -> Ask:
    """bm25s over words."""
    owners, texts = _rows(entries)
    index = bm25s.BM25()
    index.index([_words(text) for text in texts], show_progress=False)

    def ask(text: str) -> Found:
        scores = np.asarray(index.get_scores(_words(text)))
        return _ranked(owners, scores)

    return ask


def char_tfidf(entries: Sequence[Entry]) -> Ask:
    """Cosine of tf-idf weighted character n-grams, scikit-learn."""
    owners, texts = _rows(entries)
    vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    rows = vectoriser.fit_transform(texts)

    def ask(text: str) -> Found:
        return _ranked(owners, (rows @ vectoriser.transform([text]).T).toarray().ravel())

    return ask


ENGINES: Final[Mapping[str, Build]] = {
    "ours": with_vectors,
    "ours-lexical": lexical,
    "whoosh": whoosh,
    "bm25s": bm25,
    "char-tfidf": char_tfidf,
}


def _ours(entries: Sequence[Entry], *, use_vectors: bool) -> Ask:
    matcher = train(entries, use_vectors=use_vectors)

    def ask(text: str) -> Found:
        match = matcher.match(text)
        ids = tuple(candidate.id for candidate in match.candidates)
        return Found(ids, match.candidates[0].confidence if ids else 0.0, match.decision == "answer")

    return ask


def _rows(entries: Sequence[Entry]) -> tuple[list[str], list[str]]:
    rows = [(entry.id, wording) for entry in entries for wording in entry.wordings]
    return [owner for owner, _ in rows], [text for _, text in rows]


def _words(text: str) -> list[str]:
    return [word for word in rjieba.cut(text.lower()) if any(map(str.isalnum, word))]


def _ranked(owners: Sequence[str], scores: NDArray[np.floating]) -> Found:
    order = np.argsort(-scores, kind="stable")[: _SHOWN * 5]
    return _best((owners[row], float(scores[row])) for row in order if scores[row] > 0)


def _best(hits: Iterable[tuple[str, float]]) -> Found:
    listed = list(hits)
    ids = tuple(dict.fromkeys(owner for owner, _ in listed))
    return Found(ids[:_SHOWN], listed[0][1] if listed else 0.0)
