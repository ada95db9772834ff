"""Writes a matcher to bytes and reads it back: arrays and JSON, nothing that could run."""

import io
import json
from dataclasses import asdict, fields
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kb.matching import vectors
from kb.matching.classifier import Classifier
from kb.matching.confidence import Calibration
from kb.matching.entry import Entry
from kb.matching.exact import ExactMap
from kb.matching.index import Index
from kb.matching.knowledge import Knowledge
from kb.matching.match import Report, Thresholds
from kb.matching.metric import Metric
from kb.matching.model import Line, Model
from kb.matching.normalise import Normaliser
from kb.matching.postings import Postings
from kb.matching.ranking import Ranking
from kb.matching.reader import Reader
from kb.matching.shelf import Shelf
from kb.matching.trial import Trial
from kb.matching.verdicts import Heard
from kb.matching.vocabulary import Vocabulary

FORMAT: Final = 4
_JUDGED: Final = ("proof", "truth", "given", "among_three")
Arrays = dict[str, NDArray[Any]]


class UnreadableArtefactError(ValueError):
    """The bytes are no matcher, or one of another format, or one that needs the sentence encoder."""


def write(knowledge: Knowledge) -> bytes:
    """All of it, with the format's number."""
    model = knowledge.model
    arrays: Arrays = {
        **_vocabulary("spelling", model.reader.spelling),
        **_vocabulary("sound", model.reader.sound),
        **_index("wordings", model.shelf.wordings),
        **_index("answers", model.shelf.answers),
        **_index("negatives", model.shelf.negatives),
        **{f"trial.{name}": getattr(knowledge.trial, name) for name in _JUDGED},
    }
    if model.classifier is not None:
        arrays |= {"classifier.rows": model.classifier.rows, "classifier": model.classifier.coefficients}
    if model.shelf.crowding is not None:
        arrays["crowding"] = model.shelf.crowding
    if model.reader.metric.matrix is not None:
        arrays["metric"] = model.reader.metric.matrix
    arrays["about"] = np.frombuffer(json.dumps(_about(knowledge)).encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def read(data: bytes) -> Knowledge:
    """What was written; raises UnreadableArtefactError."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            arrays: Arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays["about"].tobytes())
    except (ValueError, KeyError, OSError, EOFError, BadZipFile) as broken:
        raise UnreadableArtefactError("These bytes are not a saved knowledge.") from broken
    if about.get("format") != FORMAT:
        raise UnreadableArtefactError(f"Format {about.get('format')} is not {FORMAT}: train again.")
    if about["use_vectors"] and not vectors.available():
        raise UnreadableArtefactError(
            "This matcher needs the sentence encoder, which is not installed: train again."
        )
    return _knowledge(arrays, about)


def _about(knowledge: Knowledge) -> dict[str, Any]:
    model = knowledge.model
    return {
        "format": FORMAT,
        "synonyms": dict(model.reader.normaliser.synonyms),
        "unseen": [model.reader.spelling.unseen, model.reader.sound.unseen],
        "use_vectors": model.reader.use_vectors,
        "loose": model.reader.loose,
        "ids": model.shelf.ids,
        "stand_in": asdict(model.stand_in),
        "ranking": asdict(model.ranking),
        "calibration": model.calibration.weights,
        "learned": knowledge.trial.learned.weights,
        "heard": asdict(knowledge.trial.heard),
        "deals": knowledge.trial.deals,
        "thresholds": asdict(knowledge.thresholds),
        "report": asdict(knowledge.report),
        "exact": dict(knowledge.exact.owners),
        "changed": [asdict(entry) for entry in knowledge.changed],
        "gone": sorted(knowledge.gone),
    }


def _knowledge(arrays: Arrays, about: dict[str, Any]) -> Knowledge:
    unseen = about["unseen"]
    reader = Reader(
        Normaliser(about["synonyms"]),
        Vocabulary(arrays["spelling.hashes"], arrays["spelling.idf"], unseen[0]),
        Vocabulary(arrays["sound.hashes"], arrays["sound.idf"], unseen[1]),
        about["use_vectors"],
        Metric(arrays.get("metric")),
        about["loose"],
    )
    wordings, answers, negatives = (
        _read_index(name, arrays) for name in ("wordings", "answers", "negatives")
    )
    shelf = Shelf(tuple(about["ids"]), wordings, answers, negatives, arrays.get("crowding"))
    trained = "classifier" in arrays
    classifier = Classifier(arrays["classifier.rows"], arrays["classifier"]) if trained else None
    stand_in, ranking = Line(**about["stand_in"]), Ranking(**about["ranking"])
    calibration = Calibration(tuple(about["calibration"]))
    changed = tuple(_entry(fields) for fields in about["changed"])
    return Knowledge(
        Model(reader, shelf, classifier, stand_in, ranking, calibration),
        Trial(
            calibration,
            **{name: arrays[f"trial.{name}"] for name in _JUDGED},
            learned=Calibration(tuple(about["learned"])),
            heard=Heard(**about["heard"]),
            deals=about["deals"],
        ),
        Thresholds(**about["thresholds"]),
        Report(**about["report"]),
        ExactMap({key: tuple(owners) for key, owners in about["exact"].items()}),
        changed,
        frozenset(about["gone"]),
    )


def _entry(saved: dict[str, Any]) -> Entry:
    lists = {name: tuple(saved[name]) for name in ("phrasings", "negatives")}
    return Entry(**saved | lists)


def _vocabulary(name: str, vocabulary: Vocabulary) -> Arrays:
    return {f"{name}.hashes": vocabulary.hashes, f"{name}.idf": vocabulary.idf}


def _index(name: str, index: Index) -> Arrays:
    arrays: Arrays = {f"{name}.owners": index.owners}
    for kind, postings in (("spelling", index.spelling), ("sound", index.sound)):
        arrays |= {
            f"{name}.{kind}.{field.name}": np.asarray(getattr(postings, field.name))
            for field in fields(postings)
        }
    if index.meaning is not None:
        arrays[f"{name}.meaning"] = index.meaning
    return arrays


def _read_index(name: str, arrays: Arrays) -> Index:
    def postings(kind: str) -> Postings:
        start = f"{name}.{kind}."
        parts: dict[str, Any] = {k.removeprefix(start): v for k, v in arrays.items() if k.startswith(start)}
        return Postings(**parts | {"count": int(parts["count"])})

    return Index(
        arrays[f"{name}.owners"], postings("spelling"), postings("sound"), arrays.get(f"{name}.meaning")
    )
