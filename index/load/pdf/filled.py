"""A form as it is filled in: each value behind its label, each box with what it is about.

What is ticked begins with "[x]", what is not with "[ ]", and where one of several is chosen all of
them stand in one line: nobody shall read one as chosen that is not. Fields amid a sentence become
part of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from index.load.grid import as_line, named
from index.load.pdf.annotations import Field, FieldKind
from index.load.pdf.labels import (
    Row,
    Words,
    captions,
    gap_above,
    gap_below,
    heads,
    is_near,
    parted,
    rows,
)
from index.load.pdf.sheet import Entry, Run

_WRITTEN = (FieldKind.TEXT, FieldKind.TYPED)
_FAR, _WIDE = 300.0, 120.0  # points from a label to its field, and without a colon
_TICK = 40.0  # points from a box to what it is about
_LONGEST = 120  # characters of a label
_UNIT = 12  # characters of what follows a value: "metres", "EUR"
_LINES = 8  # of what a box is about
_ENDS = (".", "!", "?", ":")

_Option = tuple[Field, Words | None]


def filled(runs: Sequence[Run], fields: Sequence[Field]) -> tuple[tuple[Run, ...], list[Entry]]:
    """The runs of a page but those that label a field, and what is filled in."""
    if not any(field.value or field.kind not in _WRITTEN for field in fields):
        return tuple(runs), []
    form = _Form(parted(runs), fields)
    return tuple(form.rest()), form.entries


class _Form:
    def __init__(self, runs: Sequence[Run], fields: Sequence[Field]) -> None:
        self._runs = runs
        self._lines = rows(runs, fields)
        self._heads, self._captions = heads(self._lines), captions(self._lines)
        self._shared = Counter(words.runs for words in self._heads.values())
        self._gaps = {words.runs: gap_below(f, words) for f, words in self._captions.items()}
        self._names = Counter(f.name for f in fields if f.kind not in _WRITTEN)
        self._taken: set[int] = set()
        self._amid: dict[int, list[Run]] = {}  # runs by the number of the one that they follow
        self._groups: dict[str, tuple[Words | str, list[_Option]]] = {}
        self.entries: list[Entry] = []
        for at, line in enumerate(self._lines):
            self._write(line)
            self._tick(line, at)
            self._taken.update(self._led(line))
        for lead, options in self._groups.values():
            self._choice(lead, options)

    def rest(self) -> Iterator[Run]:
        """The runs that label nothing, and values amid them."""
        yield from self._amid.get(-1, ())
        for i, run in enumerate(self._runs):
            if i not in self._taken:
                yield run
            yield from self._amid.get(i, ())

    def _led(self, line: Row) -> Iterator[int]:
        """The leaders that lead to a value."""
        fields = [item for item in line.items if isinstance(item, Field)]
        rights = [field.box.right for field in fields]
        for i in line.leaders:
            at = bisect_left(rights, (self._runs[i].left + self._runs[i].right) / 2)
            if at < len(fields) and (fields[at].value or fields[at].kind not in _WRITTEN):
                yield i

    def _write(self, line: Row) -> None:
        """Add what is written in the fields of a line."""
        items, amid = line.items, False
        for start, end in _groups(items, _WRITTEN):
            group = [item for item in items[start:end] if isinstance(item, Field)]
            before = self._free(items[start - 1] if start else None)
            after = self._free(items[end] if end < len(items) else None)
            led = after is not None and end + 1 < len(items) and isinstance(items[end + 1], Field)
            amid = (amid and before is not None and not before.text.endswith(":")) or _is_amid(
                before, group[-1], after, led
            )
            if not any(field.value for field in group):
                continue
            if amid:
                self._insert(group, before, after)
                continue
            unit = after if after is not None and _is_unit(group[-1], after, led) else None
            row = self._row(group, before)
            if row is not None:
                self._add(row, group[0], before, unit)
                continue
            for field in group:
                self._value(field, before, line, unit if field is group[-1] else None)
                before = None

    def _row(self, group: Sequence[Field], before: Words | None) -> str | None:
        """Fields of a table's row, with the heads of their columns; None where there are none."""
        found = [self._heads.get(field) for field in group]
        labels = [words.text for words in found if words is not None]
        apart = len({words.runs for words in found if words}) == len(group)
        alone = before is None and any(words and self._shared[words.runs] < 2 for words in found)
        if len(group) < 2 or not apart or alone or (before and before.text.endswith(":")):
            return None
        for words in found:
            if words is not None:
                self._taken.update(words.runs)
        first = [before.text] if before else []
        return as_line([""] * len(first) + labels, first + [_single(f.value) for f in group])

    def _value(self, field: Field, before: Words | None, line: Row, unit: Words | None) -> None:
        if not field.value:
            return
        label = self._label(field, before, line)
        first, *more = _paragraphs(field.value)
        if isinstance(label, str):
            self._add(named(label, first), field, None, unit)
        else:
            self._add(named(label.text, first), field, label, unit)
        for text in more:
            self._add(text, field)

    def _label(self, field: Field, before: Words | None, line: Row) -> Words | str:
        """What a field is called on its page, or else in its file."""
        gap = field.box.left - before.right if before else 0.0
        if before and gap <= _FAR and (before.text.endswith((":", "?")) or line.leaders):
            return before
        if field.kind is FieldKind.TYPED:
            return ""
        if before and gap <= 1.5 * before.size and len(before.text) <= _LONGEST:
            return before
        above = self._free(self._heads.get(field))
        if above and self._is_own(field, above):
            return above
        if before and gap <= _WIDE and len(before.text) <= _LONGEST:
            return before
        return field.told or self._free(self._captions.get(field)) or ""

    def _is_own(self, field: Field, above: Words) -> bool:
        """Whether words above a field are its label, not a caption of another or a heading."""
        other = self._gaps.get(above.runs)
        closer = other is None or other > gap_above(field, above)
        aligned = field.box.left - 6 <= above.left
        return is_near(field, above) and closer and aligned and len(above.text) <= _LONGEST

    def _tick(self, line: Row, at: int) -> None:
        """Add the boxes of a line."""
        options = list(self._options(line))
        if not options:
            return
        first = line.items.index(options[0][0])
        lead = self._free(line.items[first - 1] if first else None)
        if lead and (options[0][0].box.left - lead.right > _FAR or len(lead.text) > _LONGEST):
            lead = None
        several = [o for o in options if o[0].kind is FieldKind.RADIO or self._names[o[0].name] > 1]
        for option in several:
            name = option[0].name
            if name not in self._groups:
                self._groups[name] = (lead or self._above(option[0]), [])
            self._groups[name][1].append(option)
        single = [option for option in options if option not in several]
        if several or not single:
            return
        if lead and (len(single) > 1 or single[0][1] is None or lead.text.endswith((":", "?"))):
            self._choice(lead, single)
            return
        for field, words in single:
            told = words or self._above(field, near=True) or field.told
            lines = list(self._lines_of(words, at)) if words else []
            text = " ".join(
                [told if isinstance(told, str) else told.text, *(w.text for w in lines)]
            )
            if text:
                self._add(_ticked(field, text), field, told if isinstance(told, Words) else None)
                for more in lines:
                    self._taken.update(more.runs)

    def _options(self, line: Row) -> Iterator[_Option]:
        """The boxes of a line, each with what it is about."""
        for start, end in _groups(line.items, (FieldKind.BOX, FieldKind.RADIO)):
            for i, item in enumerate(line.items[start:end], start):
                assert isinstance(item, Field)
                after = self._free(line.items[end] if end < len(line.items) else None)
                near = after is not None and after.left - item.box.right <= _TICK
                alone = end - start == 1
                yield item, (after if near and alone else None if alone else self._heads.get(item))

    def _above(self, field: Field, near: bool = False) -> Words | str:
        """What stands above a box that says what it is about; else what its file calls it."""
        above = self._free(self._heads.get(field))
        if above and is_near(field, above) and not above.text.endswith("."):
            return above
        return "" if near else field.told

    def _lines_of(self, words: Words, at: int) -> Iterator[Words]:
        """The lines that go on with what stands beside a box."""
        for line in self._lines[at + 1 : at + _LINES]:
            first = line.items[0] if line.items else None
            if not isinstance(first, Words) or words.text.endswith(_ENDS):
                return
            beside = abs(first.left - words.left) < 3 and abs(first.size - words.size) < 0.5
            if not beside or words.base - first.base > 1.5 * words.size or not self._free(first):
                return
            yield first
            words = first

    def _choice(self, lead: Words | str, options: Sequence[_Option]) -> None:
        """Add what can be chosen, in one line."""
        said = [_ticked(field, words.text) for field, words in options if words]
        if len(options) == 1 and isinstance(lead, Words) and options[0][1] is None:
            self._add(_ticked(options[0][0], lead.text), options[0][0], lead)
            return
        for _, words in options:
            self._taken.update(words.runs if words else ())
        if said:
            text = named(lead if isinstance(lead, str) else lead.text, " ".join(said))
            self._add(text, options[0][0], lead if isinstance(lead, Words) else None)

    def _insert(self, group: Iterable[Field], before: Words | None, after: Words | None) -> None:
        """Put values into the sentence that they stand in."""
        beside = before or after
        assert beside is not None
        at = before.runs[-1] if before else after.runs[0] - 1 if after else -1
        for field in group:
            value, box = _single(field.value), field.box
            end = min(box.right, box.left + 0.5 * beside.size * len(value))
            left = max(box.left, before.right + 0.3 * beside.size) if before else box.left
            run = Run(value, left, max(end, left + 1), beside.base, beside.size, tag=beside.tag)
            if value:
                self._amid.setdefault(at, []).append(run)

    def _free(self, words: Words | Field | None) -> Words | None:
        """Words that label nothing else."""
        free = isinstance(words, Words) and self._taken.isdisjoint(words.runs)
        return words if free and isinstance(words, Words) else None

    def _add(
        self, text: str, field: Field, label: Words | None = None, unit: Words | None = None
    ) -> None:
        for words in (label, unit):
            self._taken.update(words.runs if words else ())
        box = field.box
        base = label.base if label else max(box.bottom + 3, box.top - 12)
        left = min(box.left, label.left) if label else box.left
        text = f"{text} {unit.text}" if unit else text
        self.entries.append(Entry(text, left, box.right, base, label.size if label else 10.0))


def _groups(
    items: Sequence[Words | Field], kinds: Sequence[FieldKind]
) -> Iterator[tuple[int, int]]:
    """Where fields of some kinds stand with nothing between them."""
    start = None
    for i, item in enumerate(items):
        inside = isinstance(item, Field) and item.kind in kinds
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield start, i
            start = None
    if start is not None:
        yield start, len(items)


def _is_amid(before: Words | None, last: Field, after: Words | None, led: bool) -> bool:
    """Whether a sentence goes on behind a field."""
    if after is None or after.left - last.box.right > 2.5 * after.size:
        return False
    goes_on = after.text[0].islower() or after.text[0] in ",.;)("
    closed = before is not None and before.text.endswith(":")
    return goes_on and not closed and not _is_unit(last, after, led)


def _is_unit(last: Field, after: Words, led: bool) -> bool:
    """Whether what follows a value says what it is counted in."""
    near = after.left - last.box.right <= 1.5 * after.size
    short = len(after.text) <= _UNIT and not after.text.endswith((":", "?"))
    return near and short and not led and after.text[0] not in ",.;)("


def _ticked(field: Field, text: str) -> str:
    return f"[{'x' if field.on else ' '}] {text.lstrip('☐□▢◻❑❏❒○◯ ')}"


def _single(value: str) -> str:
    return " ".join(value.split())


def _paragraphs(value: str) -> list[str]:
    """What was written in a field; lines that end no sentence are the field's width."""
    found: list[list[str]] = [[]]
    for line in value.splitlines():
        found[-1] += line.split()
        if not line.strip() or line.rstrip().endswith((".", "!", "?")):
            found.append([])
    return [" ".join(words) for words in found if words] or [""]
