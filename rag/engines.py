"""`ask`, and the engines that it keeps open between questions."""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

from index import DamagedIndex, Index, index_at, is_index
from rag.answers import Answer
from rag.documents import Paths, open_documents, paths_of
from rag.engine import MAX_SENTENCES, Engine
from rag.kinds import QuestionKind
from rag.query import check_question
from rag.reader import open_reader

KEPT_ENGINES = 4


class Engines:
    """The engines that were used last, `most` of them; each is opened again after a change.

    Safe in threads. While documents are indexed, only those wait who ask the same ones.
    """

    def __init__(self, most: int = KEPT_ENGINES) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, ...], tuple[object, Engine]] = OrderedDict()
        self._opening: WeakValueDictionary[tuple[str, ...], Lock] = WeakValueDictionary()
        self._lock = Lock()  # of the two above, and never held for long

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, paths: Sequence[Path], *, thorough: bool = False) -> Engine:
        """The engine over an index, or over files and folders; `thorough` opens it anew.

        Raises what `Engine.open` raises.
        """
        key = tuple(sorted(str(path.resolve()) for path in paths))
        with self._lock:
            opening = self._opening.setdefault(key, Lock())
        with opening:
            look = None if is_index(paths[0]) else Index.look(*paths)
            state = index_at(paths[0]).revision if look is None else (look.found, look.revision)
            kept = None if thorough else self._used(key, state)
            if kept is not None:
                return kept
            open_reader()  # which goes on in a thread
            engine = Engine.over(open_documents(paths, look=look, thorough=thorough))
            if engine.notice:
                warnings.warn(engine.notice, stacklevel=3)
            if look is not None and engine.generation is not None:
                state = look.found, engine.generation.revision
            self._keep(key, state, engine)
            return engine

    def clear(self) -> None:
        """Keep none."""
        with self._lock:
            self._kept.clear()

    def _used(self, key: tuple[str, ...], state: object) -> Engine | None:
        """The engine that is kept, where nothing has changed since; it is the last one used."""
        with self._lock:
            if key not in self._kept or self._kept[key][0] != state:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][1]

    def _keep(self, key: tuple[str, ...], state: object, engine: Engine) -> None:
        with self._lock:
            self._kept[key] = state, engine
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


_engines = Engines()


def ask(
    question: str,
    *,
    documents: Paths | None = None,
    history: Sequence[Answer] = (),
    max_sentences: int = MAX_SENTENCES,
    kind: QuestionKind | None = None,
) -> Answer:
    """Answer `question` from `documents`: None (the bundled articles), files and folders, an index.

    The last four engines are kept, and opened again when their files have changed. `history`,
    `max_sentences` and `kind` are as in `Engine.ask`. Raises
    QuestionError and what `Engine.open` raises.
    """
    check_question(question)
    paths = paths_of(documents)

    def asked(engine: Engine) -> Answer:
        return engine.ask(question, history=history, max_sentences=max_sentences, kind=kind)

    try:
        return asked(_engines.of(paths))
    except DamagedIndex:  # found where it was used, in a large file: the one before may be whole
        return asked(_engines.of(paths, thorough=True))
