"""Files to Documents. One module a format; a new one is a module and a line in `LOADERS`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from index.errors import UnreadableDocument
from index.languages import code_of, language_of
from index.load import (
    archive,
    epub,
    html,
    mail,
    markdown,
    notebook,
    pdf,
    records,
    rst,
    slides,
    text,
    word,
)
from index.load.formats import NOTHING, Failure, Format, Parsed, TooMuchText
from index.load.sheets import delimited, xlsx
from index.load.titles import find_title
from index.types import Document, text_id

SOURCES = "sources.toml"  # what a folder's owner says of its documents: title, author, date …


LOADERS: Mapping[str, Format] = {
    ".txt": text,
    ".text": text,
    ".md": markdown,
    ".markdown": markdown,
    ".docx": word,
    ".docm": word,
    ".pptx": slides,
    ".pptm": slides,
    ".xlsx": xlsx,
    ".xlsm": xlsx,
    ".csv": delimited,
    ".tsv": delimited,
    ".json": records,
    ".jsonl": records,
    ".ndjson": records,
    ".rst": rst,
    ".ipynb": notebook,
    ".zip": archive,
    ".html": html,
    ".htm": html,
    ".xhtml": html,
    ".epub": epub,
    ".eml": mail,
    ".pdf": pdf,
}

# formats that are not read, and what to save them as
UNREAD: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".dot", ".dotx", ".odt", ".ott", ".pages", ".wpd"), ".docx"),
    **dict.fromkeys((".ppt", ".pps", ".ppsx", ".odp", ".otp", ".key"), ".pptx"),
    **dict.fromkeys((".xls", ".xlsb", ".xlt", ".xltx", ".ods", ".ots", ".numbers"), ".xlsx"),
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
    meta = {"sha256": hashlib.sha256(data).hexdigest(), "loader": loader_of(source)}
    documents: list[Document] = []
    failures: list[Failure] = []
    try:
        for found in form.read(data, source, known):
            if isinstance(found, Failure):
                failures.append(found)
            elif any(c.isalnum() for c in found.text):
                documents.append(_document(found, source, meta, known))
            else:
                reason = f"{source}{found.part}: there is no text in it; remove it or fill it"
                failures.append(Failure(source + found.part, reason))
    except TooMuchText as exc:
        raise UnreadableDocument(f"{source}: {exc}; split it into smaller files") from exc
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
    said = {k: v for k, v in {**found.meta, **known}.items() if k != "text_field"}
    fallback = said.pop("title", "")
    language = code_of(known.get("language", "")) or language_of(
        found.text, found.meta.get("language", "")
    )
    title = known.get("title") or found.title or find_title(found.text, found.blocks) or fallback
    return Document(
        text_id(found.text), found.text, title or _file_name(source, found.part),
        source + found.part, {**meta, **said, "language": language}, found.blocks, found.pages,
    )  # fmt: skip


def _file_name(source: str, part: str) -> str:
    """What a text without a title is called: its file, without suffix, also in an archive."""
    if not part.startswith("/"):
        return Path(source).stem + part
    return re.sub(r"\.[A-Za-z\d]+(?=#|\Z)", "", part.rpartition("/")[2], count=1)


def is_read(name: str) -> bool:
    """Whether a file of this name is of a format that is read."""
    # "~$report.docx" only says that Word has report.docx open
    return Path(name).suffix.lower() in LOADERS and not name.startswith("~$")


def instead_of(name: str) -> str:
    """What to do with a file of another format, as the end of a message."""
    advice = UNREAD.get(Path(name).suffix.lower())
    return f"; open it and save it as {advice}" if advice else f": {kinds()}"


def loader_of(name: str) -> str:
    """What reads a file of this name: "text/1". An archive's files are read by all the others."""
    form = LOADERS.get(Path(name).suffix.lower(), text)
    version = sum(one.VERSION for one in LOADERS.values()) if form is archive else form.VERSION
    return f"{form.NAME}/{version}"


def kinds() -> str:
    """The formats that are read, as a list of suffixes for people."""
    return ", ".join(sorted(LOADERS))
