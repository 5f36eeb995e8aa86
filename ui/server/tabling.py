"""Tables of tabs: each is filled in a thread of its own, and lets questions in between its rows."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Sequence
from threading import Event, Thread
from typing import TYPE_CHECKING

from index import QuestionError
from ui.page import frame, reader_html, table_panel
from ui.server import limits
from ui.server.views import Views, refused
from ui.server.waiting_line import WaitingLine

if TYPE_CHECKING:
    from rag import AnswerTable, Engine, TableColumn
    from rag.table import DocumentRow
    from ui.server.session import Session

EVERY_SECONDS = 0.5
PATIENCE = 30.0  # seconds after which nobody asks any more how far it is: the tab is gone


class Tabling:
    """A table that is being filled, or is; each row takes a place in the line of questions."""

    def __init__(self, engine: Engine, questions: str, line: WaitingLine, token: str) -> None:
        """Raises QuestionError where the questions cannot be asked, or are too many."""
        from rag.table import parse_columns

        self.questions = questions
        self._columns = parse_columns(questions.encode("utf-8", "surrogatepass"), "the table")
        self._total = len(engine.documents)
        if self._total * len(self._columns) > limits.TABLE_CELLS:
            raise QuestionError(
                f"{len(self._columns):,} questions of {self._total:,} documents are more than "
                f"{limits.TABLE_CELLS:,} cells; ask fewer, or tick fewer documents; "
                "`ibid table` takes more"
            )
        self.table: AnswerTable | None = None
        self._rows: list[DocumentRow] = []
        self._failed: Exception | None = None
        self._stopped = Event()
        self._looked = time.monotonic()
        work = (engine, self._columns, line, token)
        self._thread = Thread(target=self._run, args=work, name="tabling", daemon=True)
        self._thread.start()

    def stage(self, seconds: float = EVERY_SECONDS) -> str:
        """How far it is by then, "" when it has ended; raises what it raised."""
        self._looked = time.monotonic()
        self._thread.join(seconds)
        if self._thread.is_alive():
            return f"asking: {len(self._rows):,} of {self._total:,} documents"
        if self._failed is not None:
            raise self._failed
        return ""

    def stop(self) -> None:
        """Fill no more rows; those that are filled stay."""
        self._stopped.set()
        self._thread.join()

    def _run(
        self, engine: Engine, columns: Sequence[TableColumn], line: WaitingLine, token: str
    ) -> None:
        from rag.table import AnswerTable, fill_rows

        rows = fill_rows(engine, columns, at_once=1, keep=False)
        try:
            while not self._stopped.is_set() and time.monotonic() - self._looked < PATIENCE:
                with line.place(token):  # a row at a time: others are answered in between
                    row = next(rows, None)
                if row is None:
                    break
                self._rows.append(row)
            self.table = AnswerTable(tuple(columns), tuple(self._rows), engine.not_read)
        except Exception as error:  # raised again where it is asked for
            self._failed = error
        finally:
            rows.close()


def begin(session: Session, questions: str, line: WaitingLine) -> Views:
    """Fill a tab's table over the documents that are ticked."""
    end(session)
    try:
        session.tabling = Tabling(session.asking(), questions, line, session.token)
    except Exception as error:
        return {"table": table_panel(questions), **refused(error)}
    return look(session)


def look(session: Session) -> Views:
    """The panel as it is now."""
    tabling = session.tabling
    if tabling is None:
        return {"table": table_panel()}
    try:
        work = tabling.stage()
    except Exception as error:
        session.tabling = None
        return {"table": table_panel(tabling.questions), **refused(error)}
    return {"table": table_panel(tabling.questions, tabling.table, work), "notice": ""}


def end(session: Session) -> None:
    """Fill no more of a tab's table."""
    if session.tabling is not None:
        session.tabling.stop()


def opened(session: Session, row: int | None, column: int | None, number: int | None) -> Views:
    """The reader at a quotation of a cell; nothing where there is none."""
    table = session.tabling.table if session.tabling is not None else None
    if table is None or None in (row, column, number):
        return {}
    cells = dict(enumerate(table.rows)).get(row or 0)
    cell = dict(enumerate(cells.cells)).get(column or 0) if cells else None
    if cell is None or cells is None or cells.document is None:
        return {}
    return {"reader": reader_html(cells.document, cell.answer, number)}


def parcel(session: Session, form: str) -> Views:
    """The table as a file for the browser to save."""
    from ui import show

    table = session.tabling.table if session.tabling is not None else None
    if table is None:
        return {}
    packed = {"xlsx": show.to_xlsx, "docx": show.to_docx_table}
    if form in packed:
        data = b64encode(packed[form](table)).decode()
        return {"parcel": frame.parcel(f"table.{form}", data, encoded=True)}
    writers = {"csv": show.to_csv, "html": show.to_html_table, "md": show.to_markdown_table}
    if form in writers:
        return {"parcel": frame.parcel(f"table.{form}", writers[form](table))}
    return {"parcel": frame.parcel("table.json", show.json_text(table.to_dict()))}
