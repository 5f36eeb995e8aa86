"""Source guides of documents, made once what they came for is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index import IbidError
from ui import terminal
from ui.progress import open_engine, progress

if TYPE_CHECKING:
    from index import Generation
    from rag import Engine

INTRO = "Noting what each document says; it can be ended, and goes on the next time."


@contextmanager
def opened(documents: Sequence[Path] | None) -> Iterator[Engine]:
    """An engine for a command; the guides of what is indexed for it are made when it has answered.

    Raises what `Engine.open` raises.
    """
    indexed: list[Engine] = []
    yield open_engine(documents, indexed.append)
    for engine in indexed:
        if engine.generation is not None:
            make_guides(engine.generation)


def make_guides(generation: Generation) -> None:
    """Make what is not kept yet; Ctrl-C and what goes wrong leave the rest for the next time."""
    from rag.annotators import keep_annotations

    try:
        with progress(intro=INTRO) as tell:
            keep_annotations(generation, tell)
    except KeyboardInterrupt:
        terminal.tell("stopped; the guides that are missing are made the next time")
    except IbidError as exc:
        terminal.tell(f"no source guides are kept: {exc}")
