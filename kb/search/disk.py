"""One index as a directory of files: written once under a temporary name, sealed, renamed; then only read.

It is read whole into memory and every file is compared with the seal, so that what has been opened cannot be harmed
any more, and a file that was cut short, changed or lost is noticed before anything is read from it.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from django.core import signing
from whoosh import fields, formats
from whoosh.analysis import IDAnalyzer
from whoosh.filedb.filestore import FileStorage, ReadOnlyError
from whoosh.filedb.structfile import BufferFile
from whoosh.index import FileIndex

from kb.search.terms import Document, known_words, terms_of

SEAL: Final = "seal"
TEMPORARY: Final = ".building-"
_SALT: Final = "kb.search.seal"
_MEGABYTES: Final = 128
_NAME: Final = "MAIN"


class Damaged(Exception):  # noqa: N818 - an answer to its only reader, like a refusal
    """The directory is not what was written."""


class Weighted(fields.FieldType):  # type: ignore[misc]
    """A field whose value is a term's weight by term."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), IDAnalyzer())

    def index(self, value: Mapping[str, float], **_kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        return ((term.encode(), 1, weight, b"") for term, weight in value.items())


class SealedFiles(FileStorage):  # type: ignore[misc]
    """The files of one directory as they were when they were compared with their seal."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False, readonly=True)
        try:
            sealed = signing.loads((folder / SEAL).read_text(), salt=_SALT)
            self._files = {name: (folder / name).read_bytes() for name in sealed}
        except (OSError, ValueError, signing.BadSignature) as wrong:
            raise Damaged(folder) from wrong
        if {name: _digest(content) for name, content in self._files.items()} != sealed:
            raise Damaged(folder)

    def list(self) -> list[str]:
        return list(self._files)

    def open_file(self, name: str, **_kwargs: Any) -> BufferFile:
        if name not in self._files:
            raise FileNotFoundError(name)
        return BufferFile(self._files[name], name=name)

    def create_file(self, name: str, **_kwargs: Any) -> BufferFile:
        raise ReadOnlyError(name)

    def file_exists(self, name: str) -> bool:
        return name in self._files

    def file_length(self, name: str) -> int:
        return len(self._files[name])


class NewFiles(FileStorage):  # type: ignore[misc]
    """The files of an index that is being written. There are no columns, which the library looks for at each term."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)

    def file_exists(self, name: str) -> bool:
        return not name.endswith(".col") and bool(super().file_exists(name))


def write(target: Path, documents: Iterable[Document], *, on: Path | None, without: Iterable[str]) -> None:
    """Writes an index to `target`: the one `on` which it rests, `without` some keys, and with these documents."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=target.parent))
    try:
        if on is not None:
            _link(on, folder)
        _fill(folder, documents, begun=on is not None, without=without)
        _seal(folder)
        folder.rename(target)
    finally:
        # Gone already when it was renamed.
        shutil.rmtree(folder, ignore_errors=True)


def read(folder: Path) -> Any:
    """The reader of an index. Raises Damaged for anything that this server did not write there."""
    storage = SealedFiles(folder)
    try:
        return FileIndex(storage, indexname=_NAME).reader()
    except Exception as wrong:
        # Written by another edition of the library, most likely: nobody can use it.
        raise Damaged(folder) from wrong


def remove(folder: Path) -> None:
    """Takes a directory away at once, however many files it has, and whoever has it open."""
    doomed = folder.with_name(f"{TEMPORARY}{folder.name}-{os.getpid()}")
    with suppress(OSError):
        folder.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _schema() -> fields.Schema:
    return fields.Schema(key=fields.ID(stored=True, unique=True), terms=Weighted(), known=Weighted())


def _link(on: Path, folder: Path) -> None:
    """The files of a finished index under a second name: the library writes new files and changes none."""
    for file in on.iterdir():
        if file.name != SEAL:
            os.link(file, folder / file.name)


def _fill(folder: Path, documents: Iterable[Document], *, begun: bool, without: Iterable[str]) -> None:
    storage = NewFiles(folder)
    index = storage.open_index(_NAME) if begun else storage.create_index(_schema(), _NAME)
    writer = index.writer(limitmb=_MEGABYTES)
    try:
        for key in without:
            writer.delete_by_term("key", key)
        known: set[str] = set()
        for document in documents:
            terms = terms_of(document)
            known |= known_words(terms)
            writer.add_document(key=document.key, terms=terms)
        # One document for all words: it has no key, so nothing is ever found by it.
        writer.add_document(known=dict.fromkeys(known, 1.0))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def _seal(folder: Path) -> None:
    digests = {}
    for file in folder.iterdir():
        if file.name.endswith("LOCK"):
            file.unlink()
        else:
            digests[file.name] = _digest(file.read_bytes())
    (folder / SEAL).write_text(signing.dumps(digests, salt=_SALT))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
