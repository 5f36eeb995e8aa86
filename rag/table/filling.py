"""A table filled: each question asked of each document alone.

A cell is what `engine.within({document.id}).ask(question)` gives. What the documents have in common
is done once: a question is analysed and encoded once, a document singled out once. And while the
model reads the passages of one cell, those of the next are looked for: a question by itself leaves
the other cores waiting before it is read and behind its last passage.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from index import ENGLISH, Document, Failure, Progress, QuestionError, Span
from rag.citations import Citation
from rag.documents import Paths
from rag.engine import Engine
from rag.stance import stances
from rag.table.cells import AnswerCell, AnswerTable, DocumentRow
from rag.table.columns import ColumnKind, TableColumn, columns_of, read_columns
from rag.table.cuts import cut_out
from rag.table.kept import KeptCells

MOST_CELLS = 50_000  # a sheet of Excel has at most 65,530 links
AT_ONCE = 4  # cells: some are read while one is looked for and one is put together

NOTHING_READABLE = "nothing in it can be quoted"


def tabulate(
    questions: str | Path | Sequence[str | TableColumn],
    *,
    documents: Paths | None = None,
    progress: Progress | None = None,
) -> AnswerTable:
    """Ask `questions` (a file of one a line, or what stands in its lines) of each document.

    `documents` and `progress` are as in `Engine.open`. Raises QuestionError and what `Engine.open`
    raises.
    """
    is_file = isinstance(questions, str | Path)
    columns = read_columns(questions) if is_file else columns_of(questions)  # type: ignore[arg-type]
    return fill(Engine.open(documents, progress=progress), columns, progress=progress)


def fill(
    engine: Engine, columns: Sequence[TableColumn], *, progress: Progress | None = None
) -> AnswerTable:
    """Ask an open engine, as `tabulate` does; `progress` hears how many cells are done."""
    columns = columns_of(columns)
    require_cells(engine, columns)
    done, total = 0, len(engine.documents) * len(columns)
    rows = []
    for row in fill_rows(engine, columns):
        rows.append(row)
        done += len(columns) * (row.document is not None)
        if progress is not None:
            progress("asking", done, total)
    return AnswerTable(columns, tuple(rows), engine.not_read)


def require_cells(engine: Engine, columns: Sequence[TableColumn]) -> None:
    """Raise QuestionError where the table would have over 50,000 cells."""
    cells = len(engine.documents) * len(columns)
    if cells > MOST_CELLS:
        raise QuestionError(
            f"{len(columns):,} questions of {len(engine.documents):,} documents are {cells:,} "
            f"cells, and a table has {MOST_CELLS:,} at most; ask fewer, or of a smaller folder"
        )


def fill_rows(
    engine: Engine, columns: Sequence[TableColumn], *, at_once: int = AT_ONCE, keep: bool = True
) -> Generator[DocumentRow, None, None]:
    """The rows in the order of their sources, each when it is filled, `at_once` cells at a time.

    A file that could not be read has one too. What was filled before is not asked again where the
    cells are to be kept, as `KeptCells` says. Raises StorageError and, where it is used,
    DamagedIndex.
    """
    own = engine.generation
    kept = KeptCells.of(own, engine.reader) if own is not None and keep else None
    counts = engine.passage_counts
    wrong = [one for one in engine.failures if not one.is_passed_over]
    lost = [DocumentRow(f.source, None, (), f.reason) for f in wrong if not (f.partly or f.is_kept)]
    known = [DocumentRow(d.source, d, (), _unread(d, wrong)) for d in engine.documents]
    rows = sorted((*known, *lost), key=lambda row: row.source)
    asked = [r.document for r in rows if r.document and (not counts or counts[r.document.id])]
    with ThreadPoolExecutor(at_once, "table") as pool:
        filled = _filled(engine, columns, asked, kept, pool, 2 * at_once)
        waiting = deque(asked)
        try:
            for row in rows:
                if waiting and row.document is waiting[0]:
                    waiting.popleft()
                    yield replace(row, cells=tuple(islice(filled, len(columns))))
                else:
                    yield replace(row, unread=row.unread or NOTHING_READABLE)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _unread(document: Document, failures: Sequence[Failure]) -> str:
    """What of a document's file could not be read."""
    file = document.source.partition("#")[0]
    return "; ".join(f.reason for f in failures if f.source in (document.source, file))


def _filled(
    engine: Engine,
    columns: Sequence[TableColumn],
    documents: Sequence[Document],
    kept: KeptCells | None,
    pool: ThreadPoolExecutor,
    ahead: int,
) -> Iterator[AnswerCell]:
    """The cells of the documents, row by row, of which `ahead` are begun before they are needed."""
    begun: deque[Callable[[], AnswerCell]] = deque()
    analysed = {column.question: column.asked for column in columns}
    for document in documents:
        alone: Engine | None = None
        for column in columns:
            cell = kept.cell(column, document) if kept else None
            if cell is None:
                alone = alone or engine.within({document.id})
                alone.analysed = analysed
                future = pool.submit(_cell, alone, column)
                begun.append(partial(_ended, future, column, document, kept))
            else:
                begun.append(partial(_same, cell))
            if len(begun) > ahead:
                yield begun.popleft()()
    while begun:
        yield begun.popleft()()


def _same(cell: AnswerCell) -> AnswerCell:
    return cell


def _ended(
    future: Future[AnswerCell], column: TableColumn, document: Document, kept: KeptCells | None
) -> AnswerCell:
    cell = future.result()
    if kept:
        kept.keep(column, document, cell)
    return cell


def _cell(alone: Engine, column: TableColumn) -> AnswerCell:
    """What an engine over one document answers, without what no table shows."""
    answer = alone.ask(column.question)
    best = answer.best
    cited, closest = (
        tuple(replace(c, best_sentence=None) for c in some)
        for some in (answer.citations, answer.closest)
    )
    plain = replace(answer, citations=cited, closest=closest, hits=(), choices=())
    if best is None:
        return AnswerCell(plain)
    start, end = best.top
    sentence = best.document.cut(best.top)
    if column.kind is ColumnKind.YES_NO:
        told = stances(column.asked, [sentence])[0].clear if _is_english(best) else None
        return AnswerCell(plain, says=told.value if told else "")
    inner = [Span(a - start, b - start) for a, b in best.emphasis if start <= a and b <= end]
    cut = cut_out(column.kind, column.asked, sentence, inner)
    return AnswerCell(plain, Span(start + cut.start, start + cut.end) if cut else None)


def _is_english(cited: Citation) -> bool:
    return cited.document.language == ENGLISH
