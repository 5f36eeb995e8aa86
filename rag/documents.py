"""Where the documents are that are asked: an index, or files and folders, opened."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import seeds
from index import DamagedIndex, DocumentError, Index as Index, index_at, is_index

if TYPE_CHECKING:
    from index import Generation, Look, Progress

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


def open_documents(
    paths: Sequence[Path],
    *,
    look: Look | None = None,
    thorough: bool = False,
    progress: Progress | None = None,
) -> Generation:
    """An index, opened; that of files and folders is in the cache, made or mended if need be.

    `look` is as in `Index.cached`, `thorough` and `progress` as in `Engine.open`, which says what
    is raised.
    """
    if is_index(paths[0]):
        return index_at(paths[0]).open(thorough=thorough)
    with suppress(DamagedIndex):
        index = Index.cached(*paths, look=look, progress=progress).open(thorough=thorough)
        if not index.notice:
            return index
    mended = Index.cached(*paths, look=look, check=True, progress=progress)
    return mended.open(thorough=thorough)
