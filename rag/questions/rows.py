"""The question that found rows of a table, asked of another value of the same column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index import Passage, Span
from rag.answers import Answer
from rag.compose import RowTable, tables_of
from rag.kinds import Counted
from rag.questions.ask_from import CandidateQuestion

LONGEST = 40  # characters of a value


def about_rows(answer: Answer, passages: Sequence[Passage]) -> Iterator[CandidateQuestion]:
    """ "Which projects does Mei run?" of whom else a row says that; `passages` are of its document.

    Each value of the column is put where the question says the one that was found, in the order of
    the rows. They are answered at no one place.
    """
    tally = answer.tally
    if tally is None or tally.of is not Counted.ROWS or tally.conditions or len(tally.words) != 1:
        return
    (said,) = tally.words
    word = re.compile(rf"(?i)(?<!\w){re.escape(said[0])}(?!\w)")
    if len(said) != 1 or len(word.findall(answer.question)) != 1:
        return
    for table in tables_of(passages):
        quoted = {row.text for row in table.rows for c in answer.citations if row.text in c.quote}
        for value in _others(table, word, quoted):
            before, behind = word.split(answer.question)
            question = f"{before}{value}{behind}"
            yield CandidateQuestion(question, table.document, Span(0, 0), "row")


def _others(table: RowTable, word: re.Pattern[str], quoted: set[str]) -> list[str]:
    """The other values of the one column that says a word in each of the rows that are quoted."""
    holds = [row.text in quoted for row in table.rows]
    if not any(holds):
        return []
    columns = [table.cells(label) for label in table.labels]
    saying = [
        cells
        for cells in columns
        if all(word.search(c) for c, held in zip(cells, holds, strict=True) if held)
    ]
    if len(saying) != 1:
        return []
    values = dict.fromkeys(saying[0])
    return [v for v in values if v and len(v) <= LONGEST and not word.search(v)]
