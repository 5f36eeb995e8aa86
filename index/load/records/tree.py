"""A tree of labelled values to text: each field a line with the labels that lead to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from index.layout import ROW_CHARS
from index.load.grid import named
from index.load.records.fields import name_in
from index.load.records.json_values import flat, said_by
from index.load.records.left_out import LeftOut
from index.load.records.prose import write_prose
from index.load.records.talk import Message, Talk, branches_in, talk_in
from index.load.writer import Writer
from index.types import BlockKind

BETWEEN = " > "  # of labels
_DEEPEST = 20  # values in values that keep their labels
_LONG = 200  # characters: a longer value is a text
_LINES = 3
Path = tuple[str, ...]
_CALLED = 100  # characters of what an object is called


class TreeWriter:
    """Writes values: short ones as rows, then long ones and messages below their labels.

    With `rows` long ones are lines as well: what follows them is of another record. With `places`
    the labels are the place of each.
    """

    def __init__(
        self, writer: Writer, left: LeftOut, *, rows: bool = False, places: bool = False
    ) -> None:
        self._writer, self._left, self._all_rows, self._places = writer, left, rows, places
        self._later: list[tuple[str, str | Talk]] = []

    def write(self, value: Any, skip: Collection[Path] = (), *, brief: bool = False) -> None:
        """All of a value but what these keys lead to; if `brief`, its short ones in few rows."""
        if brief and isinstance(value, dict):
            self._record(value, "", "", 0, skip)
        else:
            self._fields(value, "", skip, 0)
        for path, what in self._later:
            self._place(path)
            if path:
                self._writer.add(path, BlockKind.HEADING, level=2)
            if isinstance(what, str):
                write_prose(self._writer, what)
            else:
                self._messages(what)
        self._later.clear()

    def record(self, value: Any, path: str, depth: int = 0) -> None:
        """A record in a list: what is short in few rows, the rest below them."""
        if isinstance(value, dict):
            own = joined(path, label_of(name_in(value))[:_CALLED])
            self._record(value, path, own, depth, ())
        else:
            self._fields(value, path, (), depth)

    def _record(
        self, value: Mapping[str, Any], path: str, own: str, depth: int, skip: Collection[Path]
    ) -> None:
        cells: list[tuple[str, str]] = []
        rest: list[tuple[str, Any]] = []
        self._cells(value, "", cells, rest, skip, depth)
        self._place(own if path else "")
        for row in packed(path, cells) if cells or depth else [path]:
            self._writer.add(row, BlockKind.ROWS)
        for label, inner in rest:
            self._fields(inner, joined(own, label), (), depth + 1)

    def _fields(self, value: Any, path: str, skip: Collection[Path], depth: int) -> None:
        if () in skip:
            return
        if depth > _DEEPEST:
            self._said(path, flat(value))
        elif isinstance(value, dict):
            for key, inner in value.items():
                label = joined(path, label_of(key))
                if (found := self._branches(value, key)) is None:
                    self._fields(inner, label, _below(key, skip), depth + 1)
                else:
                    self._talk("", Talk(found, whole=True))
        elif isinstance(value, list):
            self._list(value, path, depth)
        elif said_by(value):
            self._said(path, [said_by(value)])

    def _list(self, value: Sequence[Any], path: str, depth: int) -> None:
        if talk := talk_in(value, path.rpartition(BETWEEN)[2]):
            self._talk("" if talk.whole else path, talk)
        elif any(isinstance(one, dict | list) for one in value):
            for one in value:
                self.record(one, path, depth + 1)
        else:
            self._said(path, [one for one in map(said_by, value) if one])

    def _talk(self, path: str, talk: Talk) -> None:
        if self._all_rows:
            for one in talk.said:
                self._said(path, [one.lead + one.text])
                self._rest(one, talk.whole)
        else:
            self._later.append((path, talk))

    def _branches(self, value: Mapping[str, Any], key: str) -> Sequence[Message] | None:
        """The messages of a tree of answers under `key`; those of other branches are left out."""
        inner = value[key]
        found = branches_in(inner, value.get("current_node")) if isinstance(inner, dict) else None
        if found is None:
            return None
        self._left.branch(found.others)
        return found.said

    def _said(self, path: str, said: Sequence[str]) -> None:
        """Scalars under one label: a row, or texts of their own."""
        if self._left.takes(said):
            return
        if not self._all_rows and any(map(_is_long, said)):
            self._later += ((path, one) for one in said)
            return
        self._place(path)
        for row in packed("", [(path, one) for one in _together(said)]) if said else ():
            self._writer.add(row, BlockKind.ROWS)

    def _cells(
        self,
        value: Mapping[str, Any],
        path: str,
        cells: list[tuple[str, str]],
        rest: list[tuple[str, Any]],
        skip: Collection[Path],
        depth: int,
    ) -> None:
        for key, inner in value.items():
            label = joined(path, label_of(key)) if path else label_of(key)
            below = _below(key, skip)
            if () in below:
                continue
            if isinstance(inner, str) and len(inner) < _LONG and "\n" not in inner:
                if inner.strip():
                    cells.append((label, inner))
            elif not isinstance(inner, dict | list):
                self._cell(label, [said_by(inner)], inner, cells, rest)
            elif isinstance(inner, list):
                nested = any(isinstance(one, dict | list) for one in inner)
                said = [] if nested else [*filter(None, map(said_by, inner))]
                self._cell(label, said, inner, cells, rest)
            elif (found := self._branches(value, key)) is not None:
                self._talk("", Talk(found, whole=True))
            elif depth < _DEEPEST:
                self._cells(inner, label, cells, rest, below, depth + 1)
            else:
                rest.append((label, inner))

    def _cell(
        self,
        label: str,
        said: list[str],
        value: Any,
        cells: list[tuple[str, str]],
        rest: list[tuple[str, Any]],
    ) -> None:
        if not said or (not self._all_rows and any(map(_is_long, said))):
            rest.append((label, value))
        elif said[0] and not self._left.takes(said):
            cells += ((label, one) for one in _together(said))

    def _place(self, path: str) -> None:
        if self._places and path:
            self._writer.page(
                path if len(path) <= _CALLED else path.rpartition(BETWEEN)[2][:_CALLED]
            )

    def _messages(self, talk: Talk) -> None:
        for one in talk.said:
            if talk.whole and one.time:
                self._writer.page(one.time)
            if one.text:
                write_prose(self._writer, one.text, one.lead, apart=one.apart)
            else:
                self._writer.add(one.lead.rstrip(": "))
            self._rest(one, talk.whole and bool(one.text))

    def _rest(self, message: Message, aside: bool) -> None:
        rest = message.rest
        if aside:
            self._left.beside({key: rest[key] for key in rest if key in message.marks})
            rest = {key: rest[key] for key in rest if key not in message.marks}
        if rest:
            self.record(rest, "", _DEEPEST - 1)


def _below(key: str, paths: Collection[Path]) -> Collection[Path]:
    """What is left of those paths that begin with a key."""
    return [path[1:] for path in paths if path[0] == key] if paths else ()


def joined(*labels: str) -> str:
    """The labels that lead to a value as one."""
    return BETWEEN.join(filter(None, labels))


def label_of(key: str) -> str:
    """A key in one line."""
    return key if key.isidentifier() else " ".join(key.split())


def packed(path: str, cells: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Cells as rows of "label: value; label: value", each short enough to be quoted as a whole.

    The first cell stands in each of them, so that one knows what the others are of.
    """
    said = [named(label, " ".join(value.split())) for label, value in cells]
    lead = path + BETWEEN if path else ""
    row, again = "", ""
    for one in said:
        if row and len(row) + len(one) + 2 > ROW_CHARS:
            yield row
            row = again + one
        else:
            row = f"{row}; {one}" if row else lead + one
            again = again or (f"{row}; " if len(row) * 4 < ROW_CHARS else lead)
    if row:
        yield row


def _together(said: Sequence[str]) -> Iterator[str]:
    """Values of one label, as many in a cell as make a short one."""
    if len(said) == 1:
        yield said[0]
        return
    cell = ""
    for one in said:
        if cell and len(cell) + len(one) > _LONG:
            yield cell
            cell = one
        else:
            between = " " if cell.endswith((".", "!", "?")) else ", "
            cell = f"{cell}{between}{one}" if cell else one
    if cell:
        yield cell


def _is_long(said: str) -> bool:
    return len(said) > _LONG or "\n\n" in said or said.strip().count("\n") >= _LINES
