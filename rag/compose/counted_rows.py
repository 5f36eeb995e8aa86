"""Rows of a table that are listed or counted: each is quoted, and none is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from index import Document, Tabled
from rag.citations import Citation
from rag.compose.composed import Composed, Material
from rag.compose.matching import Matched, matched_rows
from rag.compose.tables import LabelledRow, tables_of
from rag.kinds import CitationGroup, Counted, QuestionKind, Tally

SHOWN = 50  # quotations, at most
DOCUMENTS = 10  # whose tables are looked through
MOST_PASSAGES = 5_000  # of a document whose tables are
SURE = 0.95  # that a row answers which holds all that is asked for, of a table of such things
SEARCHED = 40  # passages in which rows are looked for


# at the begin, or behind few words: "tell me", "in June"
_HOW_MANY = re.compile(
    r"(?i)\A\W*(?!(?:why|who|when|where|what|warum)\b)(?:\w+\W+){0,4}?(?:how\s+many|wie\s*viele[nr]?)\b"
)


def compose_number(material: Material) -> Composed | None:
    """The rows of the one table of what a question asks the number of, if there is one."""
    if not _HOW_MANY.match(material.asked.text):
        return None
    found = compose_rows(material._replace(kind=QuestionKind.COUNT), least=2)
    return found if found and found.complete else None


def compose_rows(material: Material, *, least: int = 0) -> Composed | None:
    """The rows that match, of one table or of several with the same columns; None for none.

    The `least` fit of a table is as in `Matched`.
    """
    found = [match for match in _matches(material) if match.fit >= least]
    if not found:
        return None
    best = max(found, key=lambda m: m.fit)  # of equals the one that the reader likes best
    alike = [m for m in found if (m.fit, m.table.labels) == (best.fit, best.table.labels)]
    alike.sort(key=lambda m: m.table.document.source)
    score = material.readings[0].score
    numbers = count(1)
    shown: list[Citation] = []
    groups: list[CitationGroup] = []
    total = 0
    seen: set[str] = set()
    for match in alike:
        rows = _told_apart(match, seen)
        total += len(rows)
        own = [_cite(match, row, score, next(numbers)) for row in rows[: SHOWN - len(shown)]]
        shown += own
        if own:
            groups.append(CitationGroup(match.table.document.source, tuple(c.number for c in own)))
    alone = len(alike) == 1
    source = best.table.document.source if alone else ""
    of = Counted.VALUES if best.label else Counted.ROWS
    return Composed(
        tuple(shown),
        groups=() if alone else tuple(groups),
        complete=alone and not best.unsure,
        tally=Tally(total, of, source, best.words, best.label, best.conditions),
        confidence=SURE,
    )


def _matches(material: Material) -> Iterator[Matched]:
    """What matches in each table of the documents that were found, as the reader likes them."""
    retriever = material.retriever
    if not material.readings or not isinstance(retriever, Tabled):
        return
    counted = material.kind is QuestionKind.COUNT
    likely = [r for r in material.readings if r.probability >= material.likely]
    liked = {(r.hit.passage.document.id, r.span) for r in likely}
    for document in _documents(material)[:DOCUMENTS]:
        passages = retriever.passages.of_document(document.id)
        for table in tables_of(passages) if len(passages) <= MOST_PASSAGES else ():
            favoured = any((document.id, row.sentence.span) in liked for row in table.rows)
            match = matched_rows(material.asked, table, counted=counted, favoured=favoured)
            if match is not None:
                yield match


def _documents(material: Material) -> list[Document]:
    """Those of which a row was found, the ones that were read before others."""
    read = (r.hit.passage for r in material.readings if r.role == "row")
    hits = (hit.passage for hit in material.retriever.search(material.asked, SEARCHED))
    searched = (p for p in hits if any(s.role == "row" for s in p.sentences))
    return list(dict.fromkeys(p.document for p in (*read, *searched)))


def _told_apart(match: Matched, seen: set[str]) -> Sequence[LabelledRow]:
    """The rows or, where the values of a column are asked for, the first one with each of them.

    Those of `seen` were told before; it is added to.
    """
    if not match.label:
        return match.rows
    first: dict[str, LabelledRow] = {}
    for row in match.rows:
        cell = row.value(match.label)
        value = match.table.document.cut(cell.span).strip().casefold() if cell else ""
        if value and value not in seen:
            first[value] = row
            seen.add(value)
    return list(first.values())


def _cite(match: Matched, row: LabelledRow, score: float, number: int) -> Citation:
    labels = dict.fromkeys((match.label or match.named, *(label for label, _ in match.conditions)))
    cells = [cell for label in labels if (cell := row.value(label))]
    span = row.sentence.span
    return Citation(
        document=match.table.document,
        start=span.start,
        end=span.end,
        context=None,
        score=score,
        number=number,
        headings=row.passage.headings,
        sentences=(span,),
        best_sentence=span,
        emphasis=tuple(sorted(cell.span for cell in cells)) if len(row.cells) > 1 else (),
    )
