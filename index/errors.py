"""Everything that can go wrong, as one tree; each message says what to do next.

IbidError
├── QuestionError            the question cannot be asked as it is (exit code 2)
├── DocumentError            a document or folder cannot be read
│   ├── MissingPath          there is nothing at that path
│   ├── NoDocuments          nothing readable in the folder
│   └── UnreadableDocument   one file cannot be decoded or opened
│       ├── EmptyDocument      there is nothing in it
│       ├── ProtectedDocument  it needs a password
│       └── OutOfReach         it cannot be opened now, whatever is in it
├── StoreError               the index, on disk or in an engine
│   ├── DamagedIndex         a file is missing, cut short or changed
│   ├── ForeignIndex         made by another version or another encoder
│   ├── IndexBusy            another process is building it
│   ├── LeaseLost            another may have become the one writer of it
│   ├── EngineOutOfReach     the engine that holds it does not answer in time
│   └── EngineRefused        the engine that holds it refuses: credentials, rights, its database
├── ParserError              no process to read files in can be started
├── EncoderError             the model folder or name cannot be used
├── StorageError             disk full, no permission
└── CitationError            a citation does not hold against its document
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class IbidError(Exception):
    """Base of all errors raised on purpose; `str(error)` is one line with the remedy."""


class QuestionError(IbidError, ValueError):
    """The question cannot be asked as it is."""


class DocumentError(IbidError):
    """A document or a folder of documents cannot be read."""


class MissingPath(DocumentError):
    """There is nothing at that path."""


class NoDocuments(DocumentError):
    """Nothing readable was found."""


class UnreadableDocument(DocumentError):
    """One file cannot be opened or decoded."""


class EmptyDocument(UnreadableDocument):
    """There is nothing in it that could be read."""


class ProtectedDocument(UnreadableDocument):
    """It is encrypted, or needs a password."""


class OutOfReach(UnreadableDocument):
    """It cannot be opened now: an error, which says nothing of what is in it."""


class StoreError(IbidError):
    """The index cannot be used, on the disk or in an engine."""


class DamagedIndex(StoreError):
    """A file of the index is missing, cut short or changed."""


class ForeignIndex(StoreError):
    """The index was made by another version or with another encoder."""


class IndexBusy(StoreError):
    """Another process is building this index."""


class LeaseLost(StoreError):
    """The place of the index's only writer may be another's by now."""


class EngineOutOfReach(StoreError):
    """The engine that holds the index does not answer, or not in time."""


class EngineRefused(StoreError):
    """The engine that holds the index refuses: the credentials, the rights or the database."""


class ParserError(IbidError):
    """No process to read files in can be started."""


class EncoderError(IbidError):
    """The embedding model cannot be used."""


class StorageError(IbidError):
    """The disk refused: it is full, read-only, or not ours to write."""


class CitationError(IbidError, ValueError):
    """A citation does not hold against the document it names."""


# the system has no room for it, or the file is not ours: it may be whole
_REFUSALS = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES, errno.EPERM}
ANOTHER_DISK = "free some space, or use another disk (for the cache: set IBID_HOME)"
OF_YOURS = "change the folder's rights, or use a folder of yours (for the cache: set IBID_HOME)"
_REMEDY = {
    errno.EMFILE: "too many files are open; close some, or allow more with: ulimit -n 4096",
    errno.ENFILE: "too many files are open on this machine; end a program that has many",
    errno.ENOSPC: f"the disk is full; {ANOTHER_DISK}",
    errno.EDQUOT: f"the disk quota is used up; {ANOTHER_DISK}",
    errno.EACCES: f"no permission; {OF_YOURS}",
    errno.EPERM: f"not permitted; {OF_YOURS}",
    errno.EROFS: f"the disk is read-only; {OF_YOURS}",
}


def is_refusal(exc: BaseException) -> bool:
    """Whether a file was not read at all, so that nothing is known of what is in it."""
    return isinstance(exc, OSError) and exc.errno in _REFUSALS


@contextmanager
def storage_errors(doing: str, path: Path) -> Iterator[None]:
    """Turn an `OSError` inside the block into a `StorageError` that names `path` and the remedy."""
    try:
        yield
    except OSError as exc:
        remedy = _REMEDY.get(exc.errno or 0, f"{exc.strerror or exc}; check the disk and try again")
        raise StorageError(f"cannot {doing} {path}: {remedy}") from exc


_MAY_NOT = "no permission; give yourself the right to read it"
_TO_BE_READ = {
    errno.EACCES: _MAY_NOT,
    errno.EPERM: _MAY_NOT,
    errno.EIO: "the disk cannot read it; check the disk",
    errno.ENAMETOOLONG: "its path is too long; move it nearer to the top, or shorten the names",
    errno.ELOOP: "it is a link to itself; remove it",
    errno.EMFILE: "too many files are open; close some, or allow more with: ulimit -n 4096",
    errno.ENOENT: "it went away meanwhile; index again",
}


def is_missing(exc: OSError) -> bool:
    """Whether there is nothing at a path; any other error says nothing of what is there."""
    return exc.errno in (errno.ENOENT, errno.ENOTDIR)


def out_of_reach(exc: OSError) -> str:
    """Why something cannot be opened now, and what to do."""
    return _TO_BE_READ.get(exc.errno or 0, f"{exc.strerror or exc}; try again, or check the disk")
