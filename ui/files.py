"""What `ibid verify` reads back: an answer's JSON and the documents it quotes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import CitationError, DocumentError
from ui import terminal

if TYPE_CHECKING:
    from index.load import Failure
    from index.types import Document


def read_answer(name: str) -> Mapping[str, Any]:
    """The JSON of an answer, from a file or, for "-", from stdin.

    Raises DocumentError when it cannot be read and CitationError when it is no answer's JSON.
    """
    remedy = "give what `ibid ask --json` printed"
    try:
        data = json.loads(terminal.stdin() if name == "-" else Path(name).read_bytes())
    except OSError as exc:
        raise DocumentError(f"cannot read {name}: {exc.strerror or exc}; {remedy}") from exc
    except (ValueError, RecursionError) as exc:
        raise CitationError(f"{name} is not JSON; {remedy}") from exc
    if not isinstance(data, Mapping):
        raise CitationError(f"{name} is not an answer; {remedy}")
    return data


def read_documents(path: Path | None) -> tuple[Sequence[Document], Sequence[Failure]]:
    """The documents as they are now, and the files that could not be read.

    An index gives its documents as they were when it was made; None means the bundled articles.
    Raises DocumentError or IndexError_.
    """
    from index.load import load_folder
    from index.store import is_index

    if path is not None and not is_index(path.expanduser()):
        return load_folder(path.expanduser())
    from rag import Engine

    engine = Engine.open(path)
    return engine.documents, engine.failures
