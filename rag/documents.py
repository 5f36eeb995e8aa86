"""Where the documents are that are asked: an index, or files and folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import seeds
from index import DocumentError, Index as Index, is_index

Paths = str | Path | Sequence[str | Path]


def paths_of(documents: Paths | None) -> list[Path]:
    """An index alone, or files and folders; None means the bundled articles.

    Raises DocumentError where an index is not alone, and StorageError.
    """
    given = [documents] if isinstance(documents, str | Path) else documents
    paths = [Path(path).expanduser() for path in given or [seeds.FOLDER]]
    index = next(filter(is_index, paths), None)
    if index is not None and len(paths) > 1:
        raise DocumentError(
            f"{index} is an index, which is asked alone; make one of all of them: "
            "ibid index PATH PATH --into DIR"
        )
    return paths
