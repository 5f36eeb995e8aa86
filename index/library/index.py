"""An index of your own, from Python: opened, brought up to date, asked what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.failures import Failure
from index.files import Rules
from index.generation import Generation, open_index, state_of, summary_of
from index.library import library
from index.types import Document, Progress


class Index:
    """The index in the folder `path`.

    What it holds is read when it is first asked for, and again after a change: by this object, or
    by another process.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path).expanduser()
        self._opened: tuple[bytes, Generation] | None = None

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in order; raises MissingPath, DamagedIndex or ForeignIndex."""
        return self._generation().documents

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What could not be read, and why; raises what `documents` raises."""
        return summary_of(self.path).failures

    def update(
        self,
        paths: str | Path | Sequence[str | Path] = (),
        *,
        model: str | None = None,
        include: Sequence[str] | None = None,
        exclude: Sequence[str] | None = None,
        text_field: str | None = None,
        check: bool = False,
        progress: Progress | None = None,
    ) -> library.Report:
        """Add files and folders or bring them up to date; without `paths`, all that is in it.

        `include` and `exclude` are patterns as in .gitignore, and are remembered, as is
        `text_field`, which names the text of JSON records. With `check` a file of the same size,
        time and inode is hashed nonetheless. Raises DocumentError, EncoderError, StorageError or
        StoreError; one bad file is only reported.
        """
        given = [paths] if isinstance(paths, str | Path) else paths
        rules = Rules(
            None if include is None else tuple(include),
            None if exclude is None else tuple(exclude),
            text_field,
        )
        self._opened = None  # else what it read could not be deleted
        return library.update(
            [Path(p) for p in given], self.path, model=model, rules=rules, check=check,
            progress=progress,
        )  # fmt: skip

    def remove(self, *names: str | Path, progress: Progress | None = None) -> library.Report:
        """Take files out: by source, its folder, a pattern of sources, or a path.

        They stay out until they are named to `update`. Raises MissingPath when a name fits
        nothing, and NoDocuments when nothing would be left.
        """
        self._opened = None  # else what it read could not be deleted
        return library.remove([str(name) for name in names], self.path, progress=progress)

    def rebuild(
        self, *, model: str | None = None, progress: Progress | None = None
    ) -> library.Report:
        """Make it again of the files it keeps, with another model (None: the default one)."""
        self._opened = None  # else what it read could not be deleted
        return library.rebuild(self.path, model=model, progress=progress)

    def _generation(self) -> Generation:
        state = state_of(self.path)
        if self._opened is None or self._opened[0] != state:
            self._opened = state, open_index(self.path)
        return self._opened[1]

    def __repr__(self) -> str:
        return f"Index({str(self.path)!r})"
