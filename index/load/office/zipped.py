"""The zip archives that office files are: what one inflates to is found out before it is read."""

from __future__ import annotations

from zipfile import ZipFile

from index import limits
from index.errors import ProtectedDocument, UnreadableDocument
from index.load import unzip

_AGAIN = "save it again with a program that you trust"


def check_zip(data: bytes, source: str) -> ZipFile:
    """The archive in `data`, when inflating all of it gives no more than it may.

    Every member is inflated, a piece at a time, and thrown away. One that cannot be inflated is
    passed over: it may be one that nobody reads. Raises UnreadableDocument when it is no archive,
    holds too many members, names that lead out of it or members that share bytes, or inflates to
    too much.
    """
    try:
        archive = unzip.opened(data)
        inflater = unzip.Inflater()
        for member in archive.infolist():
            if unzip.leads_out(member.filename):
                why = f"the name of a part leads out of it, as in an attack; {_AGAIN}"
                raise UnreadableDocument(f"{source}: {why}")
            try:
                for _ in inflater.chunks(archive, member):
                    pass
            except (unzip.Bursting, unzip.Full):
                raise
            except unzip.Trouble:
                continue
    except unzip.Trouble as exc:
        raise UnreadableDocument(f"{source}: {_why(exc)}") from exc
    return archive


def read_member(archive: ZipFile, name: str, source: str) -> bytes:
    """The bytes of a member of what `check_zip` gave.

    Raises UnreadableDocument when there is none of that name, it is encrypted or damaged.
    """
    try:
        return unzip.Inflater().bytes_of(archive, archive.getinfo(name))
    except KeyError as exc:
        raise UnreadableDocument(f"{source}: {name} is missing in it; save it again") from exc
    except unzip.Locked as exc:
        why = "password-protected; save it without the password"
        raise ProtectedDocument(f"{source}: {why}") from exc
    except unzip.Trouble as exc:
        raise UnreadableDocument(f"{source}: {name} in it is damaged; get it again") from exc


def _why(trouble: unzip.Trouble) -> str:
    return {
        unzip.Damaged: "damaged or not complete; get it again",
        unzip.Crowded: f"over {limits.MAX_ENTRIES:,} files in one; split it",
        unzip.Overlapping: f"parts of it share their bytes, as in an attack; {_AGAIN}",
        unzip.Bursting: f"a part of it inflates to over {limits.MAX_RATIO} times its size, as in "
        f"an attack; {_AGAIN}",
        unzip.Full: f"inflates to over {limits.MAX_INFLATED >> 20} MB; split it, or make it "
        "without pictures",
    }[type(trouble)]
