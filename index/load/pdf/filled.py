"""A form as it is filled in: each value behind its label, in a line of its own.

Fields amid a sentence become part of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from index.load.grid import as_line, is_value, named
from index.load.pdf.fields import WRITTEN, Field, FieldKind, paragraphs
from index.load.pdf.labels import Row, Words, gap_above, groups, is_near
from index.load.pdf.layer import Layer
from index.load.pdf.sheet import FilledField, Run
from index.load.pdf.ticked import tick

_FAR, _WIDE = 300.0, 120.0  # points from a label to its field, and without a colon
_LONGEST = 120  # characters of a label
_UNIT = 12  # characters of what follows a value: "metres", "EUR"
_TIGHT = (",", ".", ";", ")")


def filled(
    runs: Sequence[Run], fields: Sequence[Field]
) -> tuple[tuple[Run, ...], list[FilledField]]:
    """The runs of a page but those that label a field, and what is filled in."""
    if not any(field.value or field.kind not in WRITTEN for field in fields):
        return tuple(runs), []
    layer = Layer(runs, fields)
    heads = Counter(
        words.runs
        for line in layer.lines
        for group, _, _ in _written(line)
        for field in group
        if len(group) > 1 and (words := layer.head(field, group))
    )
    for at, line in enumerate(layer.lines):
        _write(layer, line, heads)
        tick(layer, line, at)
        layer.take(_led(layer, line))
    layer.choose()
    return tuple(layer.rest()), layer.entries


def _written(line: Row) -> Iterator[tuple[list[Field], int, int]]:
    """The fields of a line that are written in, those beside one another together."""
    for start, end in groups(line.items, WRITTEN):
        yield [item for item in line.items[start:end] if isinstance(item, Field)], start, end


def _led(layer: Layer, line: Row) -> Iterator[int]:
    """The leaders that lead to a value."""
    fields = [item for item in line.items if isinstance(item, Field)]
    rights = [field.box.right for field in fields]
    for i in line.leaders:
        at = bisect_left(rights, (layer.runs[i].left + layer.runs[i].right) / 2)
        if at < len(fields) and (fields[at].value or fields[at].kind not in WRITTEN):
            yield i


def _write(layer: Layer, line: Row, heads: Counter[tuple[int, ...]]) -> None:
    """Add what is written in the fields of a line."""
    items, amid = line.items, False
    for group, start, end in _written(line):
        before = layer.free(items[start - 1] if start else None)
        after = layer.free(items[end] if end < len(items) else None)
        led = end + 1 < len(items) and isinstance(items[end + 1], Field)
        goes_on = amid and before is not None and not before.text.endswith(":")
        amid = goes_on or _is_amid(before, group[-1], after, led)
        if not any(field.value for field in group):
            continue
        if amid or _is_of_row(layer, line, group, before):
            layer.insert(group, before, after, after is not None and after.text.startswith(_TIGHT))
            continue
        unit = after if after and _is_unit(group[-1], after, led) else None
        row = _row(layer, group, before, heads)
        if row is not None:
            layer.add(row, group[0], before, unit, group)
            continue
        for field in group:
            if field.value:
                label = _label(layer, field, before, bool(line.leaders))
                _add(layer, field, label, unit if field is group[-1] else None)
            before = None


def _is_of_row(layer: Layer, line: Row, group: Sequence[Field], before: Words | None) -> bool:
    """Whether fields are the last cells of a row whose others are printed, below other rows."""
    if before is None or before.tag >= 0 or before.text.endswith((":", "?")):
        return False
    if is_value(before.text) and line.items[0] is not before:
        return True
    above = [layer.heads.get(field) for field in group]
    return len(group) > 1 and all(words and layer.is_datum(words) for words in above)


def _row(
    layer: Layer,
    group: Sequence[Field],
    before: Words | None,
    heads: Counter[tuple[int, ...]],
) -> str | None:
    """Fields of a table's row, with the heads of their columns; None where there are none."""
    found = [words for field in group if (words := layer.head(field, group))]
    if len(group) < 2 or len({words.runs for words in found}) < len(group):
        return None
    if before and before.text.endswith(":"):
        return None
    if not before and any(heads[words.runs] < 2 for words in found):
        return None
    first = layer.beside(found[0], before) if before else None
    layer.take(i for words in (*found, first) if words for i in words.runs)
    labels = [words.text for words in found]
    values = [" ".join(field.value.split()) for field in group]
    if before:
        return as_line([first.text if first else "", *labels], [before.text, *values])
    return as_line(labels, values)


def _add(layer: Layer, field: Field, label: Words | str, unit: Words | None) -> None:
    """Add a value behind its label, and each further paragraph of it."""
    first, *more = paragraphs(field.value)
    text = label if isinstance(label, str) else label.text
    layer.add(named(text, first), field, None if isinstance(label, str) else label, unit)
    for paragraph in more:
        layer.add(paragraph, field)


def _label(layer: Layer, field: Field, before: Words | None, led: bool) -> Words | str:
    """What a field is called on its page, or else in its file."""
    gap = field.box.left - before.right if before else 0.0
    if before and gap <= _FAR and (before.text.endswith((":", "?")) or led):
        return before
    if field.kind is FieldKind.TYPED:
        return ""
    fits = before is not None and len(before.text) <= _LONGEST
    if before and fits and gap <= 1.5 * before.size:
        return before
    above = layer.free(layer.heads.get(field))
    if above and _is_own(layer, field, above):
        return above
    if before and fits and gap <= _WIDE:
        return before
    return field.told or layer.free(layer.captions.get(field)) or ""


def _is_own(layer: Layer, field: Field, above: Words) -> bool:
    """Whether words above a field are its label, not a caption of another or a heading."""
    other = layer.gaps.get(above.runs)
    closer = other is None or other > gap_above(field, above)
    aligned = field.box.left - 6 <= above.left
    fits = len(above.text) <= _LONGEST and not layer.is_datum(above)
    return is_near(field, above) and closer and aligned and fits


def _is_amid(before: Words | None, last: Field, after: Words | None, led: bool) -> bool:
    """Whether a sentence goes on behind a field."""
    if after is None or after.left - last.box.right > 2.5 * after.size:
        return False
    goes_on = after.text[0].islower() or after.text.startswith((*_TIGHT, "("))
    closed = before is not None and before.text.endswith(":")
    return goes_on and not closed and not _is_unit(last, after, led)


def _is_unit(last: Field, after: Words, led: bool) -> bool:
    """Whether what follows a value says what it is counted in."""
    near = after.left - last.box.right <= 1.5 * after.size
    short = len(after.text) <= _UNIT and not after.text.endswith((":", "?"))
    return near and short and not led and not after.text.startswith((*_TIGHT, "("))
