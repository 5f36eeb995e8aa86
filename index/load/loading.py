"""The bytes of a file to Documents, each with its title, language and pieces."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from index.errors import EmptyDocument, UnreadableDocument
from index.failures import Failure, Why, error_of, failure_of
from index.language import ENGLISH, code_of, language_of
from index.layout import find_title
from index.limits import MAX_PIECES
from index.load.formats import (
    NOTHING,
    Parsed,
    TooMuchText,
    check_length,
    written_out,
)
from index.load.loaders import format_of, loader_of
from index.pieces import Pieces
from index.types import BlockKind, Document, text_id

_WORDS = re.compile(r"[^\W\d_]+")
_ONE_WORD = 12  # letters; a longer word says what it is about
_TITLE = 1_000  # characters: it stands before each byline when that is embedded


_SAMPLE, _PART = 50, 500  # records, and characters of each, that show the language of all


class Loaded(NamedTuple):
    """What a folder gave."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]


def load_file(data: bytes, source: str, known: Mapping[str, str] = NOTHING) -> Loaded:
    """The documents in the bytes of a file; `known` says what is known of it otherwise.

    Raises UnreadableDocument when none can be read. It reads in this process, whatever that
    takes: people's files are read by `index.isolation.parsers`.
    """
    return documents_of(parse_file(data, source, known), data, source, known)


def ready() -> None:
    """Load the model of languages, which every file needs; it goes through a temporary file."""
    code_of("")


def parse_file(data: bytes, source: str, known: Mapping[str, str]) -> list[Parsed | Failure]:
    """The texts in the bytes of a file, each with its title, language and pieces.

    It is all that a text causes before it is packed into passages: what is slow or large here is
    so in the process that reads the file. Raises UnreadableDocument when there is no text.
    """
    try:
        texts, failures = _read(data, source, known)
        laid = list(_laid_out(_in_languages(texts, known), source, known))
    except TooMuchText as exc:
        raise UnreadableDocument(f"{source}: {exc}; split it into smaller files") from exc
    if not laid:
        wrong = [failure for failure in failures if not failure.is_passed_over]
        if wrong:
            raise error_of(wrong[0])
        raise EmptyDocument(f"{source}: there is nothing in it; remove it")
    return [*laid, *failures]


def _read(data: bytes, source: str, known: Mapping[str, str]) -> tuple[list[Parsed], list[Failure]]:
    """The texts that the format finds in a file, with titles, and what it cannot read."""
    form = format_of(source)
    texts: list[Parsed] = []
    failures: list[Failure] = []
    size = 0
    for found in form.read(data, source, known):
        if isinstance(found, Failure):
            failures.append(found)
        elif any(c.isalnum() for c in found.text):
            size += written_out(found.text)
            check_length(size)
            texts.append(_titled(found, source))
        else:
            reason = f"{source}{found.part}: there is no text in it; remove it or fill it"
            failures.append(Failure(source + found.part, reason, why=Why.EMPTY))
    return texts, failures


def documents_of(
    found: Sequence[Parsed | Failure], data: bytes, source: str, known: Mapping[str, str]
) -> Loaded:
    """The documents of what `parse_file` found in a file."""
    own = {"sha256": hashlib.sha256(data).hexdigest(), "loader": loader_of(source)}
    return Loaded(
        tuple(_document(one, source, own, known) for one in found if isinstance(one, Parsed)),
        tuple(one for one in found if isinstance(one, Failure)),
    )


def failed(source: str, why: object) -> Loaded:
    """Nothing of a file, and why; parameters as in `failure_of`."""
    return Loaded((), (failure_of(source, why),))


def load_text(data: bytes, source: str) -> Document:
    """The one document of a file whose format holds one; raises UnreadableDocument."""
    return load_file(data, source).documents[0]


def _titled(found: Parsed, source: str) -> Parsed:
    title = found.title or find_title(found.text, found.blocks) or found.meta.get("title", "")
    named = _file_name(source, found.part)
    # the first line of many a letter is "INVOICE": a name of several words says which one it is
    one_word = len(title) <= _ONE_WORD and title.isascii() and " " not in title
    says_little = one_word and len(_WORDS.findall(named)) > 1 and not _is_marked_up(found)
    return found._replace(title=named if says_little or not title else title)


def _is_marked_up(found: Parsed) -> bool:
    """Whether the file itself says what its headings are, or its title."""
    return bool(found.title or found.meta.get("title") or any(b.level for b in found.blocks))


def _in_languages(texts: Sequence[Parsed], known: Mapping[str, str]) -> Iterator[Parsed]:
    """Each with its language; records that do not say it have that of all, if they are short."""
    told = code_of(known.get("language", ""))
    files: dict[str, list[str]] = {}
    for found in texts:
        file, mark, _ = found.part.rpartition("#")
        if mark:
            files.setdefault(file, []).append(_unlabelled(found)[:_PART])
    languages = {file: language_of(" ".join(parts[:_SAMPLE])) for file, parts in files.items()}
    for found in texts:
        said = found.meta.get("language", "")
        said = said if code_of(said) else languages.get(found.part.rpartition("#")[0], said)
        words = _unlabelled(found) if "#" in found.part else found.text
        language = told or language_of(words, said)
        yield found._replace(meta={**found.meta, "language": language})


def _unlabelled(found: Parsed) -> str:
    """What a record says but for its rows, if anything: programs label those in English."""
    prose = (found.text[b.start : b.end] for b in found.blocks if b.kind is not BlockKind.ROWS)
    return "\n".join(prose) or found.text


def _laid_out(texts: Iterable[Parsed], source: str, known: Mapping[str, str]) -> Iterator[Parsed]:
    from index.layout import layout  # a question never lays out a text

    count = 0
    for found in texts:
        pieces = Pieces.of(layout(_document(found, source, NOTHING, known)))
        count += len(pieces)
        if count > MAX_PIECES:
            raise TooMuchText(f"over {MAX_PIECES:,} sentences and headings")
        yield found._replace(pieces=pieces)


def _document(
    found: Parsed, source: str, own: Mapping[str, str], known: Mapping[str, str]
) -> Document:
    said = {k: v for k, v in {**found.meta, **known}.items() if k not in ("text_field", "title")}
    language = found.meta.get("language", ENGLISH)
    title = (known.get("title") or found.title)[:_TITLE]
    return Document(
        text_id(found.text),
        found.text,
        title,
        source + found.part,
        {**said, **own, "language": language},
        found.blocks,
        found.pages,
        pieces=found.pieces,
        boxes=found.boxes,
    )


def _file_name(source: str, part: str) -> str:
    """What a text without a title is called: its file, without suffix, also in an archive."""
    if not part.startswith("/"):
        return Path(source).stem + part
    return re.sub(r"\.[A-Za-z\d]+(?=#|\Z)", "", part.rpartition("/")[2], count=1)
