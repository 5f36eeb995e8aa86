"""`ibid index --watch`: an index that follows its folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Set
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from index import IbidError, MissingPath
from ui import terminal

if TYPE_CHECKING:
    from index import Failure, Index, UpdateReport

WAITING = "waiting for changes; Ctrl-C ends it"


def keep_up(
    index: Index,
    tell: Callable[[UpdateReport, Set[Failure]], None],
    stop: Event | None = None,
) -> None:
    """Bring the index up to date whenever a file of it changes, until Ctrl-C or `stop`.

    `tell` hears of each update that changed something, and which failures are known already; an
    error is told, and waited out. What is not there when it begins is not followed. Raises
    MissingPath when nothing is.
    """
    from watchfiles import Change, DefaultFilter, watch

    roots = [root.path for root in index.roots]
    there = [path for path in roots if os.path.exists(path)]
    if not there:
        raise MissingPath(f"there is nothing at {', '.join(map(str, roots))} to follow; mount it")
    terminal.tell(WAITING)
    told = frozenset(index.failures)
    usual, own = DefaultFilter(), index.path.absolute()

    def is_news(change: Change, path: str) -> bool:
        return usual(change, path) and not Path(path).is_relative_to(own)

    for _ in watch(
        *there,
        watch_filter=is_news,
        stop_event=stop,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        before = index.revision
        try:
            report = index.update()
        except IbidError as exc:
            terminal.tell(str(exc))
            continue
        if index.revision != before:
            tell(report, told)
        told = frozenset(report.failures)
