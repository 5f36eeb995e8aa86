"""Boxes to tick, each with what it is about.

What is ticked begins with "[x]", what is not with "[ ]", and where one of several is chosen all of
them stand in one line: nobody shall read one as chosen that is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.load.pdf.fields import Field, FieldKind
from index.load.pdf.labels import Row, Words, groups, is_near
from index.load.pdf.layer import Layer, Option, ticked

_FAR = 300.0  # points from a question to the first box
_TICK = 40.0  # points from a box to what it is about
_LONGEST = 120  # characters of a question
_LINES = 8  # of what a box is about
_ENDS = (".", "!", "?", ":")


def tick(layer: Layer, line: Row, at: int) -> None:
    """Add the boxes of a line, which is number `at`."""
    options = list(_options(layer, line))
    if not options:
        return
    lead = _lead(layer, line, options[0][0])
    single: list[Option] = []
    for field, words in options:
        if field.kind is FieldKind.RADIO or layer.boxes[field.name] > 1:
            layer.offer(lead or _above(layer, field) or field.told, (field, words))
        else:
            single.append((field, words))
    if lead and len(single) == 1 == len(options) and single[0][1] is None:
        layer.add(ticked(single[0][0], lead.text), single[0][0], lead)
    elif lead and single == options and (len(single) > 1 or lead.text.endswith((":", "?"))):
        layer.choice(lead, single)
    else:
        for field, words in single:
            _alone(layer, field, words, at)


def _lead(layer: Layer, line: Row, first: Field) -> Words | None:
    """What stands before the first box of a line."""
    at = line.items.index(first)
    lead = layer.free(line.items[at - 1] if at else None)
    near = lead is not None and first.box.left - lead.right <= _FAR
    return lead if lead and near and len(lead.text) <= _LONGEST else None


def _options(layer: Layer, line: Row) -> Iterator[Option]:
    """The boxes of a line, each with what stands at its right, or above where they touch."""
    for start, end in groups(line.items, (FieldKind.BOX, FieldKind.RADIO)):
        after = layer.free(line.items[end] if end < len(line.items) else None)
        for item in line.items[start:end]:
            if not isinstance(item, Field):
                continue
            if end - start > 1:
                group = [one for one in line.items[start:end] if isinstance(one, Field)]
                yield item, layer.head(item, group)
            else:
                near = after is not None and after.left - item.box.right <= _TICK
                yield item, after if near else None


def _above(layer: Layer, field: Field) -> Words | None:
    """What stands right above a box and ends no sentence."""
    above = layer.free(layer.heads.get(field))
    return above if above and is_near(field, above) and not above.text.endswith(".") else None


def _alone(layer: Layer, field: Field, words: Words | None, at: int) -> None:
    """Add a box that is about one thing, which may be said in several lines."""
    words = words or _above(layer, field)
    lines = list(_lines(layer, words, at)) if words else []
    text = " ".join(line.text for line in lines) or field.told
    if text or field.on:
        layer.take(i for line in lines for i in line.runs)
        layer.add(ticked(field, text), field, words, others=lines)


def _lines(layer: Layer, words: Words, at: int) -> Iterator[Words]:
    """What stands beside a box, with the lines below that go on with it."""
    yield words
    for line in layer.lines[at + 1 : at + _LINES]:
        first = layer.free(line.items[0]) if line.items else None
        if first is None or words.text.endswith(_ENDS):
            return
        beside = abs(first.left - words.left) < 3 and abs(first.size - words.size) < 0.5
        if not beside or words.base - first.base > 1.5 * words.size:
            return
        yield first
        words = first
