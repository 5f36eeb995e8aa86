"""Files to Documents. One module a format; a new one is a module and a line in `LOADERS`."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from index.errors import MissingPath, NoDocuments, UnreadableDocument
from index.load import markdown, pdf, text
from index.load.formats import NOTHING, Failure, Format, Parsed
from index.load.titles import find_title
from index.types import Document, text_id

SOURCES = "sources.toml"  # what a folder's owner says of its documents: title, author, date …
MAX_BYTES = 64 * 2**20


LOADERS: Mapping[str, Format] = {
    ".txt": text,
    ".text": text,
    ".md": markdown,
    ".markdown": markdown,
    ".pdf": pdf,
}


class Loaded(NamedTuple):
    """What a folder gave."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]


def load_file(data: bytes, source: str, known: Mapping[str, str] = NOTHING) -> Loaded:
    """The documents in the bytes of a file; `known` says what is known of it otherwise.

    Raises UnreadableDocument when none can be read.
    """
    form = LOADERS.get(Path(source).suffix.lower(), text)
    meta = {"sha256": hashlib.sha256(data).hexdigest(), "loader": f"{form.NAME}/{form.VERSION}"}
    documents: list[Document] = []
    failures: list[Failure] = []
    for found in form.read(data, source, known):
        if isinstance(found, Failure):
            failures.append(found)
        elif any(c.isalnum() for c in found.text):
            documents.append(_document(found, source, meta, known))
        else:
            reason = f"{source}{found.part}: there is no text in it; remove it or fill it"
            failures.append(Failure(source + found.part, reason))
    if not documents:
        raise UnreadableDocument(
            failures[0].reason if failures else f"{source}: there is nothing in it; remove it"
        )
    return Loaded(tuple(documents), tuple(failures))


def load_text(data: bytes, source: str) -> Document:
    """The one document of a file whose format holds one; raises UnreadableDocument."""
    return load_file(data, source).documents[0]


def _document(
    found: Parsed, source: str, meta: Mapping[str, str], known: Mapping[str, str]
) -> Document:
    said = {**found.meta, **known}
    fallback = said.pop("title", "")
    title = known.get("title") or find_title(found.text, found.blocks) or fallback
    return Document(
        text_id(found.text), found.text, title or Path(source).stem + found.part,
        source + found.part, {**meta, **said}, found.blocks, found.pages,
    )  # fmt: skip


def load_folder(path: Path) -> Loaded:
    """Every readable file of a folder (recursive, hidden files skipped), or one file.

    Raises MissingPath when there is nothing at `path` and NoDocuments when no file could be
    read; one bad file among good ones is reported in `failures`.
    """
    root = path if path.is_dir() else path.parent
    documents: dict[str, Document] = {}
    failures: list[Failure] = []
    known = _sources(root, failures)
    for file in document_files(path):
        source = file.relative_to(root).as_posix()
        try:
            loaded = load_file(_read(file, source), source, known.get(source, NOTHING))
        except UnreadableDocument as exc:
            failures.append(Failure(_printable(source), str(exc)))
            continue
        failures += loaded.failures
        for document in loaded.documents:
            # the same text under two names is one document, known by the first name
            documents.setdefault(document.id, document)
    if not documents:
        why = f" ({failures[0].reason})" if failures else ""
        kinds = ", ".join(sorted(LOADERS))
        raise NoDocuments(f"no document to read in {path}{why}; Ibid reads {kinds}")
    return Loaded(tuple(documents.values()), tuple(failures))


def document_files(path: Path) -> list[Path]:
    """The files that `load_folder` would read, in a fixed order; raises MissingPath."""
    if path.is_file():
        if path.suffix.lower() not in LOADERS:
            kinds = ", ".join(sorted(LOADERS))
            raise NoDocuments(f"{path} is not of a format that Ibid reads: {kinds}")
        return [path]
    if not path.is_dir():
        raise MissingPath(f"there is nothing at {path}; check the path")
    return sorted(_walk(path))


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        for name in files:
            file = Path(parent, name)
            if name.startswith(".") or file.suffix.lower() not in LOADERS:
                continue
            if file.is_file():  # a FIFO or a dangling link would hang or fail
                yield file


def _read(file: Path, source: str) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UnreadableDocument(f"{source}: over {MAX_BYTES >> 20} MB; split the file")
        return file.read_bytes()
    except OSError as exc:
        raise UnreadableDocument(f"{source}: {exc.strerror or exc}; check its rights") from exc


def _sources(root: Path, failures: list[Failure]) -> Mapping[str, dict[str, str]]:
    file = root / SOURCES
    if not file.is_file():
        return {}
    try:
        entries = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        failures.append(Failure(SOURCES, f"{SOURCES}: {exc}; correct it or remove it"))
        return {}
    return {
        source: {str(k): str(v) for k, v in fields.items()}
        for source, fields in entries.items()
        if isinstance(fields, dict)
    }


def _printable(source: str) -> str:
    return source.encode("utf-8", "replace").decode()
