"""The members of an EPUB's zip file, read in memory and within limits."""

from __future__ import annotations

from index import limits
from index.errors import ProtectedDocument, UnreadableDocument
from index.load import unzip


class Members:
    """A zip file; every error says what is wrong with the file `source`."""

    def __init__(self, data: bytes, source: str) -> None:
        self._source = source
        self._inflater = unzip.Inflater()
        try:
            self._zip = unzip.opened(data)
        except unzip.Trouble as exc:
            why = {
                unzip.Damaged: "it is damaged, or no EPUB; fetch it again",
                unzip.Crowded: f"over {limits.MAX_ENTRIES:,} files are in it; split the book",
                unzip.Overlapping: "files in it share their bytes, as in an attack; "
                "fetch it elsewhere",
            }[type(exc)]
            raise UnreadableDocument(f"{source}: {why}") from exc
        if any(map(unzip.leads_out, self.names())):
            why = "the name of a file in it leads out of it, as in an attack; fetch it elsewhere"
            raise UnreadableDocument(f"{source}: {why}")

    def names(self) -> list[str]:
        """The members' paths."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """The bytes of a member, nothing of which is written to the disk.

        Raises UnreadableDocument when there is none, or when it is damaged, locked by a password
        or inflates beyond all measure.
        """
        try:
            return self._inflater.bytes_of(self._zip, self._zip.getinfo(name))
        except KeyError as exc:
            why = "it is missing; fetch the book again"
            raise UnreadableDocument(f"{self._source}/{name}: {why}") from exc
        except unzip.Locked as exc:
            why = "it needs a password; save a copy without one"
            raise ProtectedDocument(f"{self._source}/{name}: {why}") from exc
        except unzip.Trouble as exc:
            why = {
                unzip.Damaged: "it is damaged; fetch the book again",
                unzip.Foreign: "it is packed as no EPUB is; convert the book",
                unzip.Bursting: f"it inflates to over {limits.MAX_RATIO} times its size; remove it",
                unzip.Full: f"the book inflates to over {limits.MAX_INFLATED >> 20} MB; split it",
            }[type(exc)]
            raise UnreadableDocument(f"{self._source}/{name}: {why}") from exc
