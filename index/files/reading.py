"""The bytes of one file: no link is followed out of a folder, no pipe is waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from index.errors import OutOfReach, UnreadableDocument, is_missing, out_of_reach
from index.files.roots import File, Root
from index.limits import MAX_BYTES

NO_FILE = "it is no regular file; remove it"
LEADS_OUT = "it is a link that leads out of the folder; copy the file into it"
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC


def read_regular(path: Path, source: str, most: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file, at most `most`: no link is followed, no pipe waited for.

    Raises UnreadableDocument, which calls it `source`: OutOfReach where it is there, and cannot be
    opened now.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise UnreadableDocument(f"{source}: {NO_FILE}")
        with os.fdopen(os.open(path, _READ), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # another since it was looked at
                raise UnreadableDocument(f"{source}: {NO_FILE}")
            data = file.read(most + 1)
    except OSError as exc:
        kind = UnreadableDocument if is_missing(exc) else OutOfReach
        raise kind(f"{source}: {out_of_reach(exc)}") from exc
    if len(data) > most:
        raise UnreadableDocument(f"{source}: over {most >> 20} MB; split the file")
    return data


def read_bytes(file: File, root: Root) -> bytes:
    """The bytes of a file of a root; raises UnreadableDocument.

    A link is followed to what lies in the folder too, and where it is the root itself.
    """
    path = Path(os.path.realpath(file.path))  # a folder above it may be a link by now
    if file.path != root.path and not path.is_relative_to(os.path.realpath(root.folder)):
        raise UnreadableDocument(f"{file.source}: {LEADS_OUT}")
    return read_regular(path, file.source)
