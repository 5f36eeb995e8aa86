"""The annotations of one kind in an index: a file of its own, whole or not there.

    annotations/<name>      sealed lines: name and version, then each document's key and its JSON

A file is never changed but replaced, by whoever holds the writer's place. One that is damaged, or
of another version, holds nothing: what was in it is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from index.passages import PassageTable, ids_of
from index.storage import disk, seal, unseal

FOLDER = "annotations"


class KeptAnnotations:
    """Those that the index in `path` keeps under a name; of any `version` where that is None."""

    def __init__(self, path: Path, name: str, version: int | None) -> None:
        self.file = path / FOLDER / name
        self.version = version
        self._lines: dict[str, str] = {}
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            head, *lines = unseal(self.file.read_bytes()).split("\n")
            found = json.loads(head)
            if found["name"] == name and version in (None, found["version"]):
                self.version = int(found["version"])
                self._lines = {key: own for key, _, own in (li.partition(" ") for li in lines)}

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, key: str) -> bool:
        return key in self._lines

    def get(self, key: str) -> Any:
        """What was made of the document with this key; None where nothing is kept of it."""
        with suppress(ValueError, RecursionError):
            return json.loads(self._lines.get(key, "null"))
        return None

    @property
    def documents(self) -> set[str]:
        """The ids of the documents of which something is kept."""
        return set(map(id_of, self._lines))

    def with_more(self, made: Mapping[str, Any]) -> KeptAnnotations:
        """These and others, by key."""
        self._lines |= {k: json.dumps(own, separators=(",", ":")) for k, own in made.items()}
        return self

    def only(self, documents: Iterable[str]) -> KeptAnnotations:
        """Those of the documents with these ids alone."""
        wanted = set(documents)
        self._lines = {key: own for key, own in self._lines.items() if id_of(key) in wanted}
        return self

    def write(self) -> None:
        """Put them in the place of what is there; the caller holds the writer's place.

        Raises OSError.
        """
        head = json.dumps({"name": self.file.name, "version": self.version})
        disk.make_folder(self.file.parent)
        lines = (f"{key} {own}" for key, own in sorted(self._lines.items()))
        disk.replace(self.file, seal("\n".join([head, *lines])))


def id_of(key: str) -> str:
    """The id of the document that a key is of."""
    return key.partition("-")[0]


def key_of(table: PassageTable, number: int) -> str:
    """What a document's annotations are kept under: its id, and how its text was divided.

    The same text as .md and as .txt has other headings and other sentences.
    """
    rows = table.rows_of(number)
    own = table.rows[rows.start : rows.stop]
    digest = hashlib.sha256(own[:, 2].astype("<i8").tobytes())
    if len(own):
        sentences = table.sentences[int(own[0, 1]) : int(own[-1, 1] + own[-1, 2])]
        digest.update(sentences.astype("<i8").tobytes())
        paths = [table.headings[path] for path in own[:, 3].tolist()]
        digest.update(json.dumps([list(path) for path in paths]).encode())
    return f"{ids_of(table.documents)[number]}-{digest.hexdigest()[:16]}"
